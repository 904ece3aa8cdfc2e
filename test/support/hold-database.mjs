// A process that uses the embedded database of a data folder until its standard input ends.
import { once } from 'node:events';
import '../../apps/registry/bin/typescript-hooks.js';

const { openEmbeddedDatabase } = await import('../../apps/registry/src/runtime/embedded-postgres.ts');

try {
  const database = await openEmbeddedDatabase({ dataDir: process.argv[2] });
  console.log(JSON.stringify({ ownerUrl: database.ownerUrl, appUrl: database.appUrl }));
  process.stdin.resume();
  await once(process.stdin, 'end');
  await database.close();
} catch (error) {
  console.log(JSON.stringify({ code: error.code, message: error.message }));
  process.exitCode = 1;
}
