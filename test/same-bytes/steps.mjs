// What is done to an empty registry: by the command line alone, which outlives every move inside the house.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../', import.meta.url));
// The same files for both checkouts, whichever of them this tool lies in.
const permit = join(project, 'docs/examples/food-permit.json');
const workbooks = join(project, '../shared/data/authority-lists');

/**
 * Takes a checkout through the whole story of a registry, one command after the other.
 * @param registry a registry from export.mjs
 * @param documents folder for the certificates
 */
export async function tellStory(registry, documents) {
  await registry.start('sample');
  const imported = await registry.run('import', ['import', ...by('guanli'), '--json', ...workbookFiles()]);
  const drafts = JSON.parse(imported).lists.flatMap(({ draft }) => draft?.id ?? []);
  if (drafts.length !== 12) throw new Error(`the workbooks became ${drafts.length} drafts instead of 12`);
  for (const [n, id] of drafts.entries()) {
    await registry.run(`approve ${n}`, ['drafts', 'approve', id, ...by('fabu')]);
    await registry.run(`publish ${n}`, ['drafts', 'publish', id, ...by('fabu')]);
  }
  const issuer = await byIfAsked(registry, 'issue', 'fazheng');
  const issue = async (name) => {
    const args = ['issue', '--type', '食品经营许可证', '--data', permit, '--json', ...issuer];
    return JSON.parse(
      await registry.run(`issue ${name}`, [...args, '--out', join(documents, `${name}.pdf`)]),
    );
  };
  const { identifier } = await issue('revoked');
  await issue('valid');
  const revoker = await byIfAsked(registry, 'revoke', 'fazheng');
  await registry.run('revoke', ['revoke', identifier, '--reason', 'withdrawn', ...revoker]);
  await registry.run('publish all', ['publish']);
}

const by = (login) => ['--as', login];

/** Some checkouts ask in whose name a command is given, others do not know the question. */
async function byIfAsked(registry, command, login) {
  const help = await registry.run(`help ${command}`, [command, '--help']);
  return help.includes('--as') ? by(login) : [];
}

function workbookFiles() {
  if (!existsSync(workbooks)) throw new Error(`the real workbooks are not there: ${workbooks}`);
  return readdirSync(workbooks)
    .filter((name) => /\.xlsx?$/.test(name))
    .sort()
    .map((name) => join(workbooks, name));
}

/** What the demo printed for this account. */
export function passwordOf(dataDir, login) {
  const accounts = JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8'));
  return accounts.find((account) => account.login === login)?.password;
}
