// Lets Node run the TypeScript sources as they are. Node's own type stripping cannot write decorators and their
// metadata, which constructor injection needs; swc can. Nothing here depends on the current folder.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const root = new URL('../../../', import.meta.url);
const options = {
  ...JSON.parse(readFileSync(new URL('.swcrc', root), 'utf8')),
  swcrc: false,
  configFile: false,
  sourceMaps: 'inline',
};
delete options.$schema;

// Stack traces name the line of the .ts file.
process.setSourceMapsEnabled(true);

registerHooks({
  load(url, context, nextLoad) {
    if (!isOwnTypeScript(url)) return nextLoad(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      ...options,
      filename,
      sourceFileName: url,
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});

function isOwnTypeScript(url) {
  if (!url.startsWith(root.href)) return false;
  const path = url.slice(root.href.length).replace(/[?#].*$/, '');
  return path.endsWith('.ts') && !path.includes('node_modules/');
}
