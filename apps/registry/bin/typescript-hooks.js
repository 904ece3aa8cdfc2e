// Lets Node run the TypeScript sources as they are. Node's own type stripping cannot write decorators and their
// metadata, which constructor injection needs; swc can. Nothing here depends on the current folder.
import { readFileSync } from 'node:fs';
import { createRequire, enableCompileCache, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { CompiledFiles } from './compiled-files.js';

const root = new URL('../../../', import.meta.url);
const cache = new URL('node_modules/.cache/mandate/', root);
const require = createRequire(import.meta.url);
const options = {
  ...JSON.parse(readFileSync(new URL('.swcrc', root), 'utf8')),
  swcrc: false,
  configFile: false,
  sourceMaps: 'inline',
};
delete options.$schema;

const compiled = new CompiledFiles(
  fileURLToPath(new URL('typescript/', cache)),
  JSON.stringify([require('@swc/core/package.json').version, options]),
);

// What V8 made of a module last time. Where it cannot be written, everything goes on without it.
enableCompileCache(fileURLToPath(new URL('v8/', cache)));

// Stack traces name the line of the .ts file.
process.setSourceMapsEnabled(true);

registerHooks({
  load(url, context, nextLoad) {
    if (!isOwnTypeScript(url)) return nextLoad(url, context);
    const filename = fileURLToPath(url);
    const source = compiled.read(url, readFileSync(filename), (text) => {
      // Half of the time that a command takes to start, when nothing has changed since.
      const { transformSync } = require('@swc/core');
      return transformSync(text, { ...options, filename, sourceFileName: url }).code;
    });
    return { format: 'module', source, shortCircuit: true };
  },
});

function isOwnTypeScript(url) {
  if (!url.startsWith(root.href)) return false;
  const path = url.slice(root.href.length).replace(/[?#].*$/, '');
  return path.endsWith('.ts') && !path.includes('node_modules/');
}
