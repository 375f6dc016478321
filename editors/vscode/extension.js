// Starts `nutgraf lsp` for folders that hold a site, and hands its answers to VS Code. All the knowledge is there.
'use strict';

const vscode = require('vscode');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');
const { serverCommand, documentSelector } = require('./server.js');

/** @type {LanguageClient | undefined} */
let client;

async function start() {
  const settings = vscode.workspace.getConfiguration('nutgraf');
  const { command, args } = serverCommand(settings);
  const run = { command, args, transport: TransportKind.stdio };
  client = new LanguageClient('nutgraf', 'nutgraf', { run, debug: run }, { documentSelector });
  try {
    await client.start();
  } catch (cause) {
    client = undefined;
    const message = `nutgraf can't be started (${command}): ${cause instanceof Error ? cause.message : cause}`;
    const choice = await vscode.window.showErrorMessage(message, 'Say where it is');
    if (choice) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'nutgraf.path');
    }
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  const restart = async () => {
    await stop();
    await start();
  };
  context.subscriptions.push(
    vscode.commands.registerCommand('nutgraf.restart', restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('nutgraf')) {
        void restart();
      }
    }),
  );
  if (vscode.workspace.isTrusted) {
    await start();
  } else {
    context.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(start));
  }
}

module.exports = { activate, deactivate: stop };
