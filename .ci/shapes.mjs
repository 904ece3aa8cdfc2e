// What a file shows to those that import it: its declarations, as `tsc` would write them, and in turn those of what it
// imports. A type-aware check of a file depends on its own text and on the shapes of its imports, and on nothing else;
// a function's body may change without anybody else being checked again.
import ts from 'typescript';
import { dirname, join, relative } from 'node:path';
import { sha256 } from './inputs.mjs';

const byName = (one, other) => (one < other ? -1 : 1);

/** @returns {ts.Program} of a project, whatever is wrong with it */
export function openProject(configFile) {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (fault) => {
      throw new Error(ts.flattenDiagnosticMessageText(fault.messageText, '\n'));
    },
  };
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(configFile, {}, host);
  return createProgram(fileNames, options);
}

export function createProgram(fileNames, options) {
  return ts.createProgram(fileNames, {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    allowImportingTsExtensions: true,
  });
}

/**
 * @param known shapes by key, from an earlier run; the keys still in use are in `memo` of the answer
 * @param roots files whose shapes are wanted although nobody in the program imports them
 */
export function readShapes(program, root, known = {}, roots = []) {
  const sources = program.getSourceFiles().filter((file) => !isPackage(program, file));
  const own = new Map(sources.map((file) => [file.resolvedPath, file]));
  // Declarations that hold everywhere, whoever imports them.
  const everywhere = sha256(
    ...sources
      .filter(declaresGlobally)
      .flatMap((file) => [relative(root, file.fileName), file.text])
      .concat(program.getAutomaticTypeDirectiveNames()),
  );
  const memo = {};
  const shapes = new Map();

  const importsOf = (file) => {
    const found = new Set();
    const places = [];
    for (const name of file.imports) {
      const resolved = program.getResolvedModuleFromModuleSpecifier(name, file)?.resolvedModule
        ?.resolvedFileName;
      const target = resolved === undefined ? undefined : program.getSourceFile(resolved);
      if (target !== undefined && own.has(target.resolvedPath)) found.add(target.resolvedPath);
      // A package’s text is the lock file’s affair; which of its files is meant, ours.
      else places.push(resolved === undefined ? name.text : relative(root, resolved));
    }
    for (const { fileName } of file.referencedFiles) {
      const target = program.getSourceFile(join(dirname(file.fileName), fileName));
      if (target !== undefined && own.has(target.resolvedPath)) found.add(target.resolvedPath);
    }
    return { found: [...found].sort(byName), places: places.sort(byName) };
  };
  const imports = new Map([...own].map(([path, file]) => [path, importsOf(file)]));
  // What nobody imports needs no shape: specs, entry points.
  const wanted = roots.map((path) => program.getSourceFile(path).resolvedPath);
  const imported = [...new Set([...imports.values()].flatMap(({ found }) => found).concat(wanted))].sort(
    byName,
  );

  // Modules in a circle have one shape together: all their texts.
  for (const circle of circlesOf(imported, (path) => imports.get(path).found)) {
    const outside = circle
      .flatMap((path) => imports.get(path).found)
      .filter((path) => !circle.includes(path));
    const below = [...new Set(outside)].sort(byName).map((path) => shapes.get(path));
    const places = circle.flatMap((path) => imports.get(path).places);
    const texts = circle.flatMap((path) => [relative(root, path), own.get(path).text]);
    const key = sha256('shape', everywhere, ...texts, ...places, ...below);
    const alone = circle.length === 1;
    const declared = known[key] ?? (alone ? declarationsOf(program, own.get(circle[0])) : undefined);
    memo[key] = declared ?? sha256(...texts);
    const shape = sha256('declared', memo[key], ...places, ...below);
    for (const path of circle) shapes.set(path, shape);
  }

  return {
    memo,
    everywhere,
    /** of a file that others import, by its absolute path; undefined where the program knows none such */
    shapeOf: (path) => shapes.get(program.getSourceFile(path)?.resolvedPath),
    /** what a type-aware check of the file depends on */
    keyOf: (path) => {
      const file = program.getSourceFile(path);
      if (file === undefined || !own.has(file.resolvedPath)) return undefined;
      const { found, places } = imports.get(file.resolvedPath);
      return sha256(
        'key',
        everywhere,
        file.text,
        ...places,
        ...found.flatMap((target) => [relative(root, target), shapes.get(target)]),
      );
    },
  };
}

// A call ends the flow only where `never` or `asserts` is written out, and unbound-method tells a function expression
// from an arrow: declarations look the same for both.
const MORE_THAN_DECLARED = [/\bnever\b|\basserts\b/, /[=:]\s*(async\s+)?function\b/];

/** @returns undefined where declarations do not say all; then the text itself is the shape */
function declarationsOf(program, file) {
  if (file.isDeclarationFile) return undefined;
  let text;
  const keep = (_path, written) => (text = written);
  // The last: without checking the whole file first.
  const { diagnostics } = program.emit(file, keep, undefined, true, undefined, true);
  if (text === undefined || diagnostics.length > 0) return undefined;
  const [inDeclarations, inText] = MORE_THAN_DECLARED;
  return inDeclarations.test(text) || inText.test(file.text) ? undefined : sha256(text);
}

function isPackage(program, file) {
  return program.isSourceFileDefaultLibrary(file) || /[\\/]node_modules[\\/]/.test(file.fileName);
}

function declaresGlobally(file) {
  return (
    !ts.isExternalModule(file) ||
    file.moduleAugmentations.length > 0 ||
    file.ambientModuleNames.length > 0 ||
    // `declare global` stands among the augmentations; named again, for a compiler that keeps it elsewhere.
    /\bdeclare\s+(global|module)\b/.test(file.text)
  );
}

/** Strongly connected components, what they lead to first (Tarjan 1972). */
function circlesOf(nodes, next) {
  const order = new Map();
  const low = new Map();
  const stack = [];
  const onStack = new Set();
  const circles = [];
  const visit = (node) => {
    order.set(node, order.size);
    low.set(node, order.get(node));
    stack.push(node);
    onStack.add(node);
    for (const target of next(node)) {
      if (!order.has(target)) {
        visit(target);
        low.set(node, Math.min(low.get(node), low.get(target)));
      } else if (onStack.has(target)) low.set(node, Math.min(low.get(node), order.get(target)));
    }
    if (low.get(node) !== order.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    for (const member of circle) onStack.delete(member);
    circles.push(circle.sort(byName));
  };
  for (const node of nodes) if (!order.has(node)) visit(node);
  return circles;
}
