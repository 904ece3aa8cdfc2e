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
  const helps = new Map();
  /** One step, in the name of an account where the checkout asks for one: some do not know the question. */
  const act = async (step, login, command, ...args) => {
    const help = helps.get(`${command}`) ?? (await registry.ask([...command, '--help']));
    helps.set(`${command}`, help);
    return registry.run(
      step,
      [...command, ...args, ...(help.includes('--as ') ? ['--as', login] : [])],
      login,
    );
  };
  const issue = async (name) => {
    const args = [
      '--type',
      '食品经营许可证',
      '--data',
      permit,
      '--out',
      join(documents, `${name}.pdf`),
      '--json',
    ];
    return JSON.parse(await act(`issue ${name}`, 'fazheng', ['issue'], ...args)).identifier;
  };

  await registry.start('sample');
  const { lists } = JSON.parse(await act('import', 'guanli', ['import'], '--json', ...workbookFiles()));
  const drafts = lists.flatMap(({ draft }) => draft ?? []);
  if (drafts.length !== 12) throw new Error(`the workbooks became ${drafts.length} drafts instead of 12`);
  for (const [n, { id, openFindings = [] }] of drafts.entries()) {
    // A checkout that has a gate stops the faults of real lists until a reviewer lets them stand.
    for (const { rule } of openFindings)
      await registry.aside(
        `overrule ${n} ${rule}`,
        ['drafts', 'overrule', id, '--rule', rule, '--reason', '原清单如此', '--as', 'fabu'],
        'fabu',
      );
    await act(`approve ${n}`, 'fabu', ['drafts', 'approve'], id);
    await act(`publish ${n}`, 'fabu', ['drafts', 'publish'], id);
  }
  const revoked = await issue('revoked');
  await issue('valid');
  await act('revoke', 'fazheng', ['revoke'], revoked, '--reason', 'withdrawn');
  await act('publish all', 'guanli', ['publish']);
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
