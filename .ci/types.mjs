// The three projects of the house as `tsc -p libs`, `-p apps/registry` and `-p test` see them, in one process: what more
// than one of them reads is parsed once. A project is left out where every file it read last time is what it was.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { hashFiles, hashTools, listFiles, readCache, sha256, writeCache } from './inputs.mjs';

const root = process.cwd();
const PROJECTS = ['libs', 'apps/registry', 'test'];
const CACHE_FILE = 'types.json';

const house = listFiles(root);
// Names too: a new file may be included, or may be what an import leads to from now on.
const surroundings = sha256(
  hashTools(root),
  house.join('\n'),
  hashFiles(
    root,
    house.filter((path) => path.endsWith('.json')),
  ),
);
const before = readCache(root, CACHE_FILE) ?? {};
const after = {};
const parsed = new Map();

for (const project of PROJECTS) {
  const known = before[project];
  const unchanged =
    known !== undefined &&
    known.surroundings === surroundings &&
    known.files.every((path) => existsSync(join(root, path))) &&
    known.hash === hashFiles(root, known.files);
  if (unchanged) {
    after[project] = known;
    continue;
  }
  const found = check(project);
  if (found === undefined) process.exitCode = 1;
  else after[project] = { surroundings, files: found, hash: hashFiles(root, found) };
}
writeCache(root, CACHE_FILE, after);

/** @returns the files of the house that the project reads; undefined where it has errors, which are printed */
function check(project) {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (fault) => report([fault]),
  };
  const config = ts.getParsedCommandLineOfConfigFile(join(root, project, 'tsconfig.json'), {}, host);
  if (config === undefined) return undefined;
  const { fileNames, options, errors, projectReferences } = config;
  const buildInfo = options.tsBuildInfoFile;
  // Whoever asks for a cold run gets one.
  if (process.env.CI || buildInfo === undefined) options.incremental = false;
  if (!options.incremental) delete options.tsBuildInfoFile;
  const builder = ts.createIncrementalProgram({
    rootNames: fileNames,
    options,
    projectReferences,
    configFileParsingDiagnostics: errors,
    host: sharingHost(options),
  });
  const program = builder.getProgram();
  const faults = [
    ...builder.getConfigFileParsingDiagnostics(),
    ...builder.getOptionsDiagnostics(),
    ...builder.getSyntacticDiagnostics(),
    ...builder.getGlobalDiagnostics(),
    ...builder.getSemanticDiagnostics(),
  ];
  if (options.incremental) {
    builder.emit(undefined, (path, text) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    });
  }
  if (faults.length > 0) {
    report(faults);
    return undefined;
  }
  return program
    .getSourceFiles()
    .map(({ fileName }) => relative(root, fileName))
    .filter((path) => !/(^|[\\/])node_modules[\\/]/.test(path) && !path.startsWith('..'));
}

/** As an editor does it: one parsed file serves all programs whose options read it alike. */
function sharingHost(options) {
  const host = ts.createIncrementalCompilerHost(options);
  const read = host.getSourceFile;
  const alike = JSON.stringify(ts.sourceFileAffectingCompilerOptions.map(({ name }) => options[name]));
  host.getSourceFile = (fileName, how, onError, anew) => {
    const key = [
      alike,
      fileName,
      JSON.stringify(how, (name, value) => (name === 'setExternalModuleIndicator' ? undefined : value)),
    ].join('\n');
    if (!parsed.has(key)) parsed.set(key, read.call(host, fileName, how, onError, anew));
    return parsed.get(key);
  };
  return host;
}

function report(faults) {
  console.log(
    ts.formatDiagnostics(faults, {
      getCurrentDirectory: () => root,
      getCanonicalFileName: (name) => name,
      getNewLine: () => '\n',
    }),
  );
}
