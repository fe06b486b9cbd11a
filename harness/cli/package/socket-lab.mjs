#!/usr/bin/env node
// @ts-check
// The package's command. Before anything that an older Node.js could not even parse is loaded, it
// says so: npm only warns.
import { readFileSync } from 'node:fs';
import { nodeTooOld } from '../setup/node-version.mjs';

const file = new URL('../../../package.json', import.meta.url);
const { engines } = JSON.parse(readFileSync(file, 'utf8'));
const reason = nodeTooOld(process.versions.node, engines.node);
if (reason === undefined) {
  await import('../main.ts');
} else {
  console.error(`lab: ${reason}`);
  process.exitCode = 3;
}
