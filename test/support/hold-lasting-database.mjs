// A run that uses the lasting test database of a folder until its standard input ends.
import { once } from 'node:events';
import '../../apps/registry/bin/typescript-hooks.js';

const { joinRuns, openLastingServer } = await import('./lasting-database.ts');
const [folder, idleMs] = [process.argv[2], Number(process.argv[3])];

const run = await joinRuns(folder, 'template_good');
console.log(JSON.stringify(await openLastingServer(folder, idleMs)));
process.stdin.resume();
await once(process.stdin, 'end');
run.release();
