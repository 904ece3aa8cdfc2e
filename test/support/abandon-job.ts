import { LimitedProcesses } from '../../apps/registry/src/runtime/limited-processes.ts';

// A program that has a job run without end, says which process does it, and is then killed.
const processes = new LimitedProcesses(new URL('./hostile-jobs.process.ts', import.meta.url), {
  timeMs: 600_000,
  memoryMib: 512,
  processes: 1,
  waiting: 0,
  waitMs: 0,
  jobsOfOne: 9,
  keptMemoryMib: 512,
  idleMs: 600_000,
});
await processes.run('echo', '');
void processes.run('spin', '');
console.log(processes.processes[0]?.pid);
