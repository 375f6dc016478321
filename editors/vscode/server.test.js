'use strict';

const assert = require('node:assert');
const { readFileSync } = require('node:fs');
const { test } = require('node:test');
const { serverCommand } = require('./server.js');
const manifest = require('./package.json');

const settings = (values) => ({ get: (name) => values[name] });

test('the server is the one that the settings name', () => {
  assert.deepStrictEqual(serverCommand(settings({})), { command: 'nutgraf', args: ['lsp', '--drafts'] });
  const named = settings({ path: ' /opt/nutgraf ', drafts: false });
  assert.deepStrictEqual(serverCommand(named), { command: '/opt/nutgraf', args: ['lsp'] });
});

test('the problem matcher reads what `nutgraf check` prints', () => {
  const [{ pattern }] = manifest.contributes.problemMatchers;
  const lines = ['error[unknown-source]: there is no source `gazete`', ' --> content/the-harbor/timeline.md:9:13'];
  const found = lines.map((line, index) => new RegExp(pattern[index].regexp).exec(line));
  assert.deepStrictEqual([...found[0]].slice(1), ['error', 'unknown-source', 'there is no source `gazete`']);
  assert.deepStrictEqual([...found[1]].slice(1), ['content/the-harbor/timeline.md', '9', '13']);
});

test('every setting that is read is declared', () => {
  const program = readFileSync(require.resolve('./server.js'), 'utf8');
  const read = [...program.matchAll(/settings\.get\('(\w+)'\)/g)].map((match) => `nutgraf.${match[1]}`);
  assert.deepStrictEqual(read.sort(), Object.keys(manifest.contributes.configuration.properties).sort());
});
