// Who works with the registry. Each client does one thing at a time, again and again, and writes down what it was told.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const PERMIT = JSON.parse(
  readFileSync(new URL('../../docs/examples/food-permit.json', import.meta.url), 'utf8'),
);
const PATIENCE_MS = 20_000;

/** What the clients were told, and how the registry answered. */
export class Record {
  /** identifiers of certificates whose issue was acknowledged, with their numbers */
  issued = new Map();
  revoked = new Set();
  /** drafts whose publication was acknowledged, with the number of their changes */
  published = new Map();
  /** acts whose answer never came: they may have happened */
  unsure = { issue: 0, revoke: 0, publish: 0, draft: 0, import: 0 };
  answers = new Map();
  /** per kind: milliseconds of the answered requests */
  durations = new Map();
  /** per kind: when it was last answered well, and the gaps longer than a second */
  #well = new Map();
  gaps = [];
  unexpected = [];

  note(kind, outcome, begun) {
    const key = `${kind} ${outcome}`;
    this.answers.set(key, (this.answers.get(key) ?? 0) + 1);
    if (!/^2/.test(outcome)) return;
    const now = Date.now();
    const list = this.durations.get(kind) ?? [];
    list.push(now - begun);
    this.durations.set(kind, list);
    const last = this.#well.get(kind);
    if (last !== undefined && now - last > 1_000) this.gaps.push({ kind, from: last, ms: now - last });
    this.#well.set(kind, now);
  }
}

export class Client {
  #url;
  #record;
  #login;
  #password;
  #cookie;

  constructor(url, record, login, password) {
    this.#url = url;
    this.#record = record;
    this.#login = login;
    this.#password = password;
  }

  /**
   * One request. Undefined when no answer came, or one of 5xx: what it asked for may have happened.
   * @param kind for the figures
   */
  async ask(kind, path, { method = 'GET', json, body, type } = {}) {
    if (this.#login !== undefined && this.#cookie === undefined) await this.#signIn();
    const begun = Date.now();
    try {
      const answer = await fetch(this.#url + path, {
        method,
        headers: {
          ...(this.#cookie === undefined ? {} : { cookie: this.#cookie }),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(type === undefined ? {} : { 'content-type': type }),
        },
        body: json === undefined ? body : JSON.stringify(json),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const bytes = Buffer.from(await answer.arrayBuffer());
      this.#record.note(kind, String(answer.status), begun);
      if (answer.status === 401) this.#cookie = undefined;
      // What is away says 502 or 503; a bare 500 is a fault of ours, whatever was killed.
      if (answer.status === 500) this.#record.unexpected.push(`${kind} answered 500: ${bytes.toString()}`);
      if (answer.status >= 500) return undefined;
      const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
      return { status: answer.status, value: isJson ? JSON.parse(bytes.toString()) : bytes };
    } catch (error) {
      this.#record.note(kind, error.cause?.code ?? error.name, begun);
      return undefined;
    }
  }

  async #signIn() {
    const begun = Date.now();
    const answer = await fetch(`${this.#url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: this.#login, password: this.#password }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => undefined);
    this.#record.note('sign-in', String(answer?.status ?? 'none'), begun);
    if (answer?.status === 200 || answer?.status === 201)
      this.#cookie = answer.headers.get('set-cookie')?.split(';')[0];
  }
}

/** @param stop AbortSignal @param one does one thing; throws only where the registry said something impossible */
async function again(record, stop, one) {
  for (let n = 0; !stop.aborted; n += 1) {
    try {
      await one(n);
    } catch (error) {
      record.unexpected.push(String(error.stack ?? error));
    }
    await sleep(50);
  }
}

/** @param sign gives a client for a login, or for nobody */
export function workers({ record, stop, sign, organ, log }) {
  const reads = ['/', `/organs/${organ}/`, '/search/', '/data/registry.json', '/log/lists/checkpoint'];
  const apiReads = ['/api/organs', `/api/items?organ=${organ}&limit=20`, `/api/items/${organ}/00001`];
  const one = (what) => again(record, stop, what);
  return [
    ...[0, 1].map(() => {
      const anyone = sign();
      return one((n) => anyone.ask('page', reads[n % reads.length]));
    }),
    ...[0, 1].map(() => {
      const anyone = sign();
      return one((n) => anyone.ask('API read', apiReads[n % apiReads.length]));
    }),
    ...[0, 1, 2].map((which) => {
      const issuer = sign('fazheng');
      return one((n) => issue(issuer, record, `${which}-${n}`));
    }),
    draftAndWithdraw(),
    importAndPublish(),
  ];

  async function issue(issuer, record, name) {
    const json = {
      type: '食品经营许可证',
      ...PERMIT,
      holder: { ...PERMIT.holder, name: `示例市第${name}餐饮店（示例）` },
    };
    const answer = await issuer.ask('issue', '/api/certificates', { method: 'POST', json });
    if (answer === undefined) record.unsure.issue += 1;
    else if (answer.status !== 201) log(`issue: ${answer.status} ${JSON.stringify(answer.value)}`);
    if (answer?.status !== 201) return;
    const { identifier, number } = answer.value;
    if (record.issued.has(identifier)) throw new Error(`${identifier} was given twice`);
    record.issued.set(identifier, number);
    if (record.issued.size % 7 !== 0) return;
    const revoked = await issuer.ask('revoke', `/api/certificates/${identifier}/revocation`, {
      method: 'POST',
      json: { reason: 'issued-in-error' },
    });
    if (revoked === undefined) record.unsure.revoke += 1;
    if (revoked?.status === 204) record.revoked.add(identifier);
  }

  function draftAndWithdraw() {
    const editor = sign('guanli');
    return one(async (n) => {
      const made = await editor.ask('draft', '/api/drafts', {
        method: 'POST',
        json: {
          title: `示例草稿 ${n}`,
          reason: '示例',
          effectiveDate: new Date(Date.now() + 86_400_000 * 30).toISOString().slice(0, 10),
          list: 'registry',
        },
      });
      if (made === undefined) record.unsure.draft += 1;
      if (made?.status !== 201) {
        if (made !== undefined && n === 0) log(`draft: ${made.status} ${JSON.stringify(made.value)}`);
        await sleep(1_000);
        return;
      }
      await editor.ask('draft', `/api/drafts/${made.value.id}/withdrawal`, {
        method: 'POST',
        json: { version: made.value.version },
      });
    });
  }

  function importAndPublish() {
    const editor = sign('bianji');
    const publisher = sign('fabu');
    let csv;
    return one(async (n) => {
      csv ??= (await editor.ask('template', `/api/templates/${organ}?format=csv`))?.value.toString('utf8');
      if (csv === undefined) return;
      const changed = csv.replace('食品经营安全监督管理科', `食品经营安全监督管理科${n}`);
      const name = encodeURIComponent('示例市市场监督管理局清单.csv');
      const taken = await editor.ask('import', `/api/imports?file=${name}&submit=true`, {
        method: 'POST',
        body: changed,
        type: 'text/csv',
      });
      if (taken === undefined) record.unsure.import += 1;
      const draft = taken?.status === 201 ? taken.value.draft : await openDraft(editor);
      if (draft === undefined) {
        if (taken !== undefined && n === 0) log(`import: ${taken.status} ${JSON.stringify(taken.value)}`);
        await sleep(1_000);
        return;
      }
      await publish(publisher, draft);
    });
  }

  /** The one of an import whose answer was lost. */
  async function openDraft(editor) {
    const found = await editor.ask('drafts', '/api/drafts');
    return found?.value.drafts?.find(({ state }) => ['submitted', 'approved'].includes(state));
  }

  /** The sample holds on purpose what the gate stops: a reviewer says why. Gives the draft's version after that. */
  async function letStand(reviewer, { id, version }) {
    const found = await reviewer.ask('findings', `/api/drafts/${id}/findings?open=true`);
    for (const rule of new Set(found?.value.findings?.map((one) => one.rule))) {
      const given = await reviewer.ask('overrule', `/api/drafts/${id}/overrules`, {
        method: 'POST',
        json: { version, rule, reason: '示例：有意保留' },
      });
      if (given === undefined || given.status !== 201) return version;
      version = given.value.draft.version;
    }
    return version;
  }

  async function publish(publisher, draft) {
    const approved =
      draft.state === 'approved'
        ? { status: 200, value: draft }
        : await publisher.ask('approve', `/api/drafts/${draft.id}/approval`, {
            method: 'POST',
            json: { version: await letStand(publisher, draft) },
          });
    if (approved === undefined || approved.status >= 300) return;
    const published = await publisher.ask('publish', `/api/drafts/${draft.id}/publication`, {
      method: 'POST',
      json: { version: approved.value.version },
    });
    if (published === undefined) record.unsure.publish += 1;
    else if (published.status < 300) record.published.set(draft.id, draft.changes);
  }
}
