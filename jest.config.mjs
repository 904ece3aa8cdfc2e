// Everything runs as ES modules on the pinned Node; swc only strips the types and writes the decorators.
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '@swc/jest' },
  // The same cases of every property in every run.
  moduleNameMapper: { '^fast-check$': '<rootDir>/test/support/fast-check.mjs' },
  testMatch: ['<rootDir>/{libs,apps,site,test}/**/*.spec.ts'],
  // One PostgreSQL server a run, started by the first suite that asks (test/support/database.ts).
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  // For a test that hangs, not for one that is slow: half a minute here is minutes on a busy machine. One limit for all;
  // a test that sets itself a shorter one fails where its code does not.
  testTimeout: 600_000,
  // Two cores: a suite may own a database, a browser and a server at once.
  maxWorkers: 2,
};
