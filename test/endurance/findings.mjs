// What the registry has, held against what the clients were told.

/** @returns sentences, one for each thing that is wrong */
export async function findFaults({ registry, record, auditor, before }) {
  const faults = [...record.unexpected.map((text) => `a client: ${text}`)];
  const certificates = await allCertificates(auditor);
  const states = new Map(certificates.map(({ identifier, state }) => [identifier, state]));
  const numbers = new Set(certificates.map(({ number }) => number));

  if (states.size !== certificates.length) faults.push('an identifier stands twice');
  if (numbers.size !== certificates.length) faults.push('a number stands twice');
  for (const [identifier] of record.issued)
    if (!states.has(identifier)) faults.push(`lost: ${identifier} was issued`);
  for (const identifier of record.revoked)
    if (states.get(identifier) !== 'revoked') faults.push(`lost: ${identifier} was revoked`);

  const made = certificates.length - before.certificates;
  const unacknowledged = made - record.issued.size;
  if (unacknowledged > record.unsure.issue) faults.push(`${unacknowledged} certificates nobody asked for`);

  const revoked = certificates.filter(({ state }) => state === 'revoked').length;
  const entries = await logSize(registry, 'certificates');
  if (entries !== certificates.length + revoked)
    faults.push(`${entries} entries in the log for ${certificates.length} issues and ${revoked} revocations`);

  faults.push(...(await documentFaults(auditor, certificates)));
  faults.push(...(await draftFaults({ auditor, record, registry, before })));
  for (const args of [
    ['log', 'audit'],
    ['ledger', 'verify', '--as', 'shenji'],
  ]) {
    const { status, stdout, stderr } = registry.command(...args);
    if (status !== 0) faults.push(`mandate ${args.join(' ')}: ${stdout}${stderr}`);
  }
  return { faults, figures: { certificates: made, unacknowledged, revoked, entries } };
}

/** Every tenth file: whole, and with the proof that it was logged. */
async function documentFaults(auditor, certificates) {
  const faults = [];
  for (const { identifier } of certificates.filter((_, n) => n % 10 === 0)) {
    const answer = await auditor.ask('document', `/api/certificates/${identifier}/document`);
    const hex = answer?.value.toString('latin1') ?? '';
    if (!hex.startsWith('%PDF')) faults.push(`${identifier}: no file`);
    else if (!hex.includes(Buffer.from('c2sp.org/tlog-proof@v1').toString('hex')))
      faults.push(`${identifier}: its file carries no proof`);
  }
  return faults;
}

async function draftFaults({ auditor, record, registry, before }) {
  const faults = [];
  const drafts = await all(auditor, '/api/drafts', 'drafts');
  const states = new Map(drafts.map(({ id, state }) => [id, state]));
  for (const id of record.published.keys())
    if (!['published', 'in-force', 'scheduled'].includes(states.get(id)))
      faults.push(`lost: draft ${id} was published and is ${states.get(id)}`);
  let entries = before.lists;
  for (const { id } of drafts.filter(({ state }) => ['published', 'in-force', 'scheduled'].includes(state))) {
    const detail = await auditor.ask('draft', `/api/drafts/${id}`);
    entries += detail?.value.changes?.total ?? detail?.value.counts?.total ?? Number.NaN;
  }
  const size = await logSize(registry, 'lists');
  if (size < entries) faults.push(`${size} entries in the log of the lists, at least ${entries} expected`);
  return faults;
}

export function allCertificates(auditor) {
  return all(auditor, '/api/certificates', 'certificates');
}

async function all(client, path, name) {
  const found = [];
  for (let next = ''; next !== undefined;) {
    const answer = await client.ask(`list ${name}`, `${path}?limit=100${next}`);
    if (answer?.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer?.value)}`);
    found.push(...answer.value[name]);
    next = answer.value.next === undefined ? undefined : `&cursor=${encodeURIComponent(answer.value.next)}`;
  }
  return found;
}

/** @returns entries of a log, by its published checkpoint */
export async function logSize(registry, log) {
  const answer = await fetch(`${registry.url}/log/${log}/checkpoint`);
  return Number((await answer.text()).split('\n')[1]);
}
