// What the extension knows without VS Code: how the server is started, and for which files.
'use strict';

/**
 * @param {{ get(name: string): unknown }} settings
 * @returns {{ command: string, args: string[] }}
 */
function serverCommand(settings) {
  const path = settings.get('path');
  return {
    command: typeof path === 'string' && path.trim() !== '' ? path.trim() : 'nutgraf',
    args: settings.get('drafts') === false ? ['lsp'] : ['lsp', '--drafts'],
  };
}

const documentSelector = [
  { scheme: 'file', language: 'markdown' },
  { scheme: 'file', pattern: '**/site.yaml' },
  { scheme: 'file', pattern: '**/templates/**' },
];

module.exports = { serverCommand, documentSelector };
