import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { oneConnection } from './eslint.one-connection.mjs';

/** «A cast has its reason above it»: a comment on the line of `x as T` or above it, its property or its statement. */
const castReason = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { bare: 'A cast has its reason in a comment above it.' },
  },
  create({ sourceCode, report }) {
    const explained = new Set(
      sourceCode.getAllComments().flatMap(({ loc }) => [loc.end.line, loc.end.line + 1]),
    );
    return {
      TSAsExpression(node) {
        const { type, typeName } = node.typeAnnotation;
        // `as const` and `as unknown` only make a type stricter.
        if (type === 'TSUnknownKeyword' || typeName?.name === 'const') return;
        if (explained.has(node.loc.end.line)) return;
        for (let at = node; at; at = at.parent) {
          if (explained.has(at.loc.start.line)) return;
          if (/(Statement|Declaration|Definition)$/.test(at.type)) break;
        }
        report({ node, messageId: 'bare' });
      },
    };
  },
};

/**
 * The published files have one contract: their paths, and what keys look like, are said in libs/published. A route of the
 * API (`log/:log`) is no path of a file.
 */
const PUBLISHED_PATH = /^\/?(data|log)\/(?!:)/;
/** `o-…`, `n-…`, `….12345`, as a pattern */
const KEY_PATTERN = /o-\[a-z|n-\[a-z|\\\.(\\d|\[0-9\])\{[56]\}/;
/** `key.slice(-5)`, `itemKey.lastIndexOf('.')`, `text.startsWith('n-')` */
const KEY_CUTS = new Map([
  ['slice', ['-5', '-6']],
  ['lastIndexOf', ["'.'"]],
  ['split', ["'.'"]],
  ['startsWith', ["'n-'", "'o-'"]],
]);

const contract = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      path: 'Paths of published files come from @mandate/published.',
      key: 'Keys are taken apart by @mandate/published only.',
    },
  },
  create({ sourceCode, report }) {
    return {
      Literal(node) {
        if (node.regex && KEY_PATTERN.test(node.regex.pattern)) report({ node, messageId: 'key' });
        if (typeof node.value === 'string' && PUBLISHED_PATH.test(node.value))
          report({ node, messageId: 'path' });
      },
      TemplateElement(node) {
        if (PUBLISHED_PATH.test(node.value.cooked ?? '')) report({ node, messageId: 'path' });
      },
      CallExpression({ callee, arguments: [argument] }) {
        if (callee.type !== 'MemberExpression' || argument === undefined) return;
        if (!KEY_CUTS.get(callee.property.name)?.includes(sourceCode.getText(argument))) return;
        // Other texts have dots and ends too; the prefix of a list's key is nothing else.
        if (callee.property.name === 'startsWith' || /key$/i.test(sourceCode.getText(callee.object)))
          report({ node: callee, messageId: 'key' });
      },
    };
  },
};

/**
 * What reads a file of somebody else may take for ever and all memory there is: in the registry only the entry of a process
 * with limits does (decision 021), and `mandate verify`, which serves nobody besides.
 */
const READERS = /^(read|mark)[A-Z]|^verifyDocument$/;
const READING_LIBS = /^@mandate\/(workbook|list-files|signature|verification)$/;

const boundedReading = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { reader: 'A file of somebody else is read in a process with limits: ask FileReaderService.' },
  },
  create({ report }) {
    const check = (node) => {
      if (!READING_LIBS.test(node.source?.value ?? '')) return;
      if ((node.importKind ?? node.exportKind) === 'type') return;
      // Everything at once has the readers in it.
      if (node.specifiers === undefined) report({ node, messageId: 'reader' });
      for (const one of node.specifiers ?? []) {
        const kind = one.importKind ?? one.exportKind;
        const name = one.imported?.name ?? one.local.name;
        if (one.type === 'ImportNamespaceSpecifier' || (kind !== 'type' && READERS.test(name)))
          report({ node: one, messageId: 'reader' });
      }
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

const MAX_LINES = 400;

/**
 * An Astro page as TypeScript, so that import rules reach it too: its frontmatter and scripts, line for line. No rule sees
 * its markup; how long the whole is says the processor.
 */
const astroTooLong = new Map();
const astroCode = {
  preprocess(text, filename) {
    const lines = text.trimEnd().split('\n').length;
    if (lines > MAX_LINES) astroTooLong.set(filename, lines);
    const code = /^---\r?\n([\s\S]*?)^---$|<script[^>]*>([\s\S]*?)<\/script>/gm;
    return [...text.matchAll(code)].map((block, at) => {
      const body = block[1] ?? block[2] ?? '';
      const before = text.slice(0, block.index + block[0].indexOf(body));
      return { text: before.replace(/[^\n]/g, '') + body, filename: `${at}.page.ts` };
    });
  },
  postprocess(messages, filename) {
    const lines = astroTooLong.get(filename);
    astroTooLong.delete(filename);
    if (lines === undefined) return messages.flat();
    const message = `The file has ${lines} lines, markup included. At most ${MAX_LINES} are allowed.`;
    const tooLong = { ruleId: 'max-lines', severity: 2, line: MAX_LINES + 1, column: 1, message };
    // Of its code alone the rule itself speaks already.
    const own = messages.flat().filter(({ ruleId }) => ruleId !== 'max-lines');
    return [...own, tooLong];
  },
};

/** The libs run in Node, in a browser and in a worker: none of these is in all three. */
const NOT_EVERYWHERE = [
  ...['process', 'Buffer', 'global', 'require', 'module', '__dirname', '__filename', 'setImmediate'],
  ...['window', 'document', 'self', 'localStorage', 'sessionStorage', 'XMLHttpRequest'],
];

const NO_ENV = {
  object: 'process',
  property: 'env',
  message: 'Only apps/registry/src/config reads the environment: take the value from there.',
};

/** What outlives a page at the top of a module: something that can be filled, or set anew. */
const TOP = ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration';
const KEPT = [
  `${TOP}[kind!='const']`,
  // A table that its type declares to be one is none.
  `${TOP} > VariableDeclarator:not([id.typeAnnotation.typeAnnotation.typeName.name=/^Readonly/]) > NewExpression[callee.name!=/^(RegExp|Text(En|De)coder)$/]`,
  `${TOP} > VariableDeclarator > :matches(ArrayExpression[elements.length=0], ObjectExpression[properties.length=0])`,
];

const SPECS = ['**/*.spec.ts', 'test/**/*.ts'];

export default defineConfig(
  globalIgnores(['**/dist/', '**/.astro/', '**/public/', 'data/', 'test/**/output/', 'node_modules/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      'max-lines': ['error', { max: MAX_LINES }],
      eqeqeq: 'error',
      'no-console': 'off',
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        `process console URL Buffer setTimeout clearTimeout document window fetch AbortSignal AbortController`
          .split(' ')
          .map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.astro'],
    plugins: { mandate: { processors: { astro: astroCode } } },
    processor: 'mandate/astro',
  },
  {
    files: ['**/*.astro/*.page.ts'],
    plugins: { mandate: { rules: { contract } } },
    languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { globalReturn: true } } },
    rules: {
      // Names used in the markup look unused here, and types are `astro check`’s affair.
      'no-unused-vars': 'off',
      'no-undef': 'off',
      'mandate/contract': 'error',
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '(^|/)(apps|migrations)/|^@mandate/registry|^(typeorm|pg|pg-boss)$|^@nestjs/',
              message: 'The site sees libs and published files, nothing else.',
            },
            {
              // A style sheet is no code: pages name it beside the door.
              regex: '(^|/)libs/|^@mandate/(?!look/[\\w-]+\\.css$)[^/]+/',
              message: 'A lib has one door: import @mandate/<lib>.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['**/*.astro/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: {
      mandate: {
        rules: {
          'cast-reason': castReason,
          contract,
          'one-connection': oneConnection,
          'bounded-reading': boundedReading,
        },
      },
    },
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.lint.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // A Nest module is a class that holds nothing but its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // An interface may ask for a promise where one implementation has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // [...text] walks code points, which is what it is used for.
      '@typescript-eslint/no-misused-spread': 'off',
      // Slow to find, and `tsc` marks both in the editor; libs have no enums.
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // Nest and pg declare their options as classes and take object literals.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'mandate/cast-reason': 'error',
      'mandate/contract': 'error',
    },
  },
  {
    // The contract itself; the forms that the blobs of lists carry.
    files: ['libs/published/src/**/*.ts', 'libs/lists/src/list-keys.ts'],
    rules: { 'mandate/contract': 'off' },
  },
  {
    files: ['libs/*/src/**/*.ts'],
    ignores: SPECS,
    rules: {
      'no-restricted-globals': [
        'error',
        ...NOT_EVERYWHERE.map((name) => ({
          name,
          message: 'Libs run in Node, in a browser and in a worker.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        ...NOT_EVERYWHERE.map((property) => ({ object: 'globalThis', property })),
      ],
    },
  },
  {
    files: ['apps/**/*.{ts,js}', 'migrations/**/*.ts'],
    ignores: ['apps/registry/src/config/**', ...SPECS],
    rules: { 'no-restricted-properties': ['error', NO_ENV] },
  },
  {
    files: ['apps/**/*.ts'],
    ignores: SPECS,
    rules: { 'mandate/one-connection': 'error' },
  },
  {
    files: ['apps/registry/**/*.ts'],
    ignores: ['apps/registry/src/**/*.process.ts', 'apps/registry/src/commands/verify.command.ts', ...SPECS],
    rules: { 'mandate/bounded-reading': 'error' },
  },
  {
    files: ['apps/registry/src/**/*.{service,repository,entity}.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@nestjs/common', '@nestjs/common/*'],
              importNamePattern: '(Exception|^HttpStatus|^HttpCode)$',
              message: 'Transport stays at the edge: throw the feature’s own coded error.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['libs/audit/src/**/*.ts'],
    ignores: SPECS,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^@mandate/(published|transparency-log|trust)$',
              importNamePattern:
                '^(encode|hash|prove|sign|rootHash|leafOf|findKnownSummaries|tilesFor|edgeTiles|RightEdge|MemoryLog)',
              message: 'Whoever audits by what writes the files sees no fault in it.',
            },
            {
              // A wrong rule of the field would be the same wrong rule on both sides.
              regex: '^@mandate/lists$',
              importNamePattern: '^(?!REGISTERS$|Register$)',
              message: 'What records say of lists the audit works out by itself.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['site/src/published/**/*.ts'],
    ignores: ['site/src/published/reads.ts', ...SPECS],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...KEPT.map((selector) => ({
          selector,
          message:
            'A reader keeps what it has read by remembered() only: anything else is read by the first page alone, and no other is rendered again when it changes.',
        })),
      ],
    },
  },
  {
    // Tests look at hostile and half-made values; their casts are part of the attack.
    files: SPECS,
    rules: {
      'mandate/cast-reason': 'off',
      // What they expect is said in full: the contract is not its own witness.
      'mandate/contract': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    files: ['**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          // Three arguments, also where a table of cases comes first: `test.each(cases)(name, body, limit)`.
          selector: `CallExpression[callee.name=/^(test|it)$/][arguments.length>2], CallExpression[callee.callee.object.name=/^(test|it)$/][arguments.length>2], CallExpression[callee.name=/^(before|after)(All|Each)$/][arguments.length>1]`,
          message:
            'No limit of its own for a test: on a busy machine it is red where nothing is wrong. That of all is in jest.config.mjs.',
        },
      ],
    },
  },
  {
    // Tables: data and vectors, which are as long as they are.
    files: ['**/*.table.ts', 'apps/registry/sample/items/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
);
