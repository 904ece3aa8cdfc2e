// Prettier keeps what it found well by content and options, but does not ask which version its plugins have.
import { CACHE, hashTools } from './inputs.mjs';
import { runTool } from './run-tool.mjs';

const cache = process.env.CI
  ? []
  : [
      ...['--cache', '--cache-strategy', 'content'],
      ...['--cache-location', `${CACHE}/prettier-${hashTools(process.cwd()).slice(0, 12)}`],
    ];
process.exitCode = runTool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', ...cache, '.');
