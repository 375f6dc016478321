#!/usr/bin/env node
// Starts the program that the package for this system brings.
"use strict";
const { spawnSync } = require("node:child_process");

const system = `${process.platform}-${process.arch}`;
const name = process.platform === "win32" ? "nutgraf.exe" : "nutgraf";
let program;
try {
  program = require.resolve(`nutgraf-${system}/${name}`);
} catch {
  console.error(
    `error: nutgraf has no program for ${system} here\n` +
      `help: install without \`--omit=optional\`; systems: linux-x64, linux-arm64, darwin-x64, darwin-arm64, win32-x64`,
  );
  process.exit(2);
}
const run = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (run.error) {
  console.error(`error: cannot start ${program}: ${run.error.message}`);
  process.exit(2);
}
if (run.signal) {
  process.kill(process.pid, run.signal);
} else {
  process.exit(run.status);
}
