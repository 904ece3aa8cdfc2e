import ts from 'typescript';

/** What begins a transaction, and gives it to the function that is its argument. */
const BEGINNINGS = new Set(['inTransaction', 'inUndoneTransaction', 'inSnapshot']);
/** What a connection can be had of. */
const SOURCES = new Set(['DataSource', 'QueryRunner', 'Pool']);
const FROM = {
  DataSource: 'typeorm',
  QueryRunner: 'typeorm',
  EntityManager: 'typeorm',
  Repository: 'typeorm',
};

/**
 * «No request asks for a second connection while it holds one»: with as many requests at once as the pool has connections,
 * each would wait for the others for ever. A function that is given a transaction (a parameter of type EntityManager, or
 * the argument of `inTransaction`) may reach the database by that alone: by no data source, and through no method of a
 * class that has one, unless the transaction is passed on. Asked of declarations only, so that it is right to look again
 * only where the shape of an import changed (decision 017); what it cannot see the guard sees while it runs
 * (database/one-connection.ts).
 */
export const oneConnection = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      source: 'Within a transaction the database is reached by the transaction alone.',
      begun: 'A transaction has begun already: a second one would wait for a second connection.',
      call: 'This may ask for a second connection: pass the transaction on.',
      elsewhere: 'Transactions begin in inTransaction and inSnapshot alone (database/transaction.ts).',
    },
  },
  create({ sourceCode, report, filename }) {
    const { program, esTreeNodeToTSNodeMap } = sourceCode.parserServices;
    const checker = program.getTypeChecker();
    const inDatabase = /[\\/]src[\\/]database[\\/]/.test(filename);
    const typeOf = (node) => checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(node));
    /** for each function around: whether it is inside a transaction */
    const inside = [];
    const isInside = () => inside.at(-1) === true;

    function enter(node) {
      inside.push(isInside() || node.params.some(isTransactionParameter) || isGivenOne(node));
    }
    function isTransactionParameter(param) {
      const names = param.type === 'ObjectPattern' ? param.properties.map(({ value }) => value) : [param];
      return names.some((name) => name && isOf(typeOf(name.left ?? name), ['EntityManager']));
    }
    function isGivenOne({ parent }) {
      return parent.type === 'CallExpression' && BEGINNINGS.has(nameOf(parent.callee));
    }
    function look(node) {
      if (!isInside() || isDefaultOfParameter(node) || isTypeOnly(node)) return;
      const own = node.type === 'MemberExpression' && node.object.type === 'ThisExpression';
      if (isOf(typeOf(node), [...SOURCES, ...(own ? ['EntityManager', 'Repository'] : [])]))
        report({ node, messageId: 'source' });
    }

    return {
      FunctionDeclaration: enter,
      FunctionExpression: enter,
      ArrowFunctionExpression: enter,
      ':function:exit': () => void inside.pop(),
      MemberExpression: look,
      Identifier(node) {
        // Of `this.source` the whole is looked at.
        if (node.parent.type !== 'MemberExpression') look(node);
      },
      CallExpression(node) {
        const name = nameOf(node.callee);
        const { object } = node.callee;
        if (!inDatabase && object !== undefined && ['transaction', 'createQueryRunner'].includes(name)) {
          if (isOf(typeOf(object), ['DataSource', 'EntityManager'])) report({ node, messageId: 'elsewhere' });
        }
        if (!isInside()) return;
        if (BEGINNINGS.has(name)) report({ node: node.callee, messageId: 'begun' });
        else if (reachesAnother(node)) report({ node: node.callee, messageId: 'call' });
        look(node);
      },
    };

    function reachesAnother(node) {
      const call = esTreeNodeToTSNodeMap.get(node);
      const signature = checker.getResolvedSignature(call);
      const { parent: owner } = signature?.declaration ?? {};
      if (owner === undefined || !hasSource(owner, checker)) return false;
      // What answers at once has asked nobody.
      if (checker.getAwaitedType(signature.getReturnType()) === signature.getReturnType()) return false;
      return !node.arguments.some(passesOn);
    }
    function passesOn(argument) {
      if (argument.type === 'ObjectExpression')
        return argument.properties.some(({ value }) => value && isOf(typeOf(value), ['EntityManager']));
      return isOf(typeOf(argument), ['EntityManager']);
    }
  },
};

function nameOf(callee) {
  return callee.type === 'MemberExpression' ? callee.property.name : callee.name;
}

/** `(tx: EntityManager = this.source.manager)`: what a caller takes who has none. One who has one and forgets it is found. */
function isDefaultOfParameter(node) {
  for (let at = node; at.parent; at = at.parent) {
    if (at.parent.type === 'AssignmentPattern' && at.parent.right === at) {
      const { parent } = at.parent;
      return /Function/.test(parent.type) && parent.params.includes(at.parent);
    }
    if (at.type !== 'MemberExpression' && at.type !== 'ThisExpression' && at.type !== 'Identifier')
      return false;
  }
  return false;
}

function isTypeOnly({ parent }) {
  return (
    parent.type.startsWith('TS') && parent.type !== 'TSNonNullExpression' && parent.type !== 'TSAsExpression'
  );
}

/** One of these classes of TypeORM or pg, or a union with one. */
function isOf(type, names) {
  const types = type.isUnionOrIntersection() ? type.types : [type];
  return types.some((one) => {
    const symbol = one.getSymbol();
    if (symbol === undefined || !names.includes(symbol.name)) return false;
    const [declaration] = symbol.declarations ?? [];
    return declaration?.getSourceFile().fileName.includes(`/${FROM[symbol.name] ?? 'pg'}`) === true;
  });
}

const known = new WeakMap();

/** Whether a class of ours is given a source of connections, or another class that is. */
function hasSource(owner, checker) {
  if (!ts.isClassLike(owner) || owner.getSourceFile().isDeclarationFile) return false;
  const found = known.get(owner);
  if (found !== undefined) return found;
  // While it is being looked at: a circle adds nothing.
  known.set(owner, false);
  const constructor = owner.members.find(ts.isConstructorDeclaration);
  const given = (constructor?.parameters ?? []).map((parameter) => checker.getTypeAtLocation(parameter));
  const bases = (owner.heritageClauses ?? []).flatMap(({ types }) =>
    types.map((type) => checker.getTypeAtLocation(type)),
  );
  const result =
    given.some((type) => isOf(type, [...SOURCES, 'Repository'])) ||
    [...given, ...bases].some((type) =>
      (type.getSymbol()?.declarations ?? []).some((declaration) => hasSource(declaration, checker)),
    );
  known.set(owner, result);
  return result;
}
