import type { FactMark } from '@mandate/look';
import { LogError } from '@mandate/transparency-log';
import { checkListing, findContent, type Listing } from '../../scripts/log/check-listing.ts';
import { logFiles, readFile } from '../../scripts/log/read-file.ts';
import { element, mark } from '../../scripts/page/marks.ts';
import { say } from '../../scripts/page/language.ts';
import { compareShownTexts } from '../../scripts/page/shown-text.ts';

interface Check {
  readonly state: FactMark;
  readonly text: string;
}

const HEADLINES: Readonly<Record<FactMark, readonly [zh: string, en: string]>> = {
  holds: [
    '已在您的浏览器里核实：本事项列在清单日志里，页面所示与所列一致',
    'Checked in your browser: the item is in the log of the lists, and the page shows what is listed',
  ],
  fails: [
    '核对不符：请不要相信本页，并保留证据告知登记机关',
    'The check failed: do not trust this page, and tell the registry, with evidence',
  ],
  unknown: ['现在没能核对完', 'The check could not be completed now'],
};

/** Checks, in the reader's browser, that what the page shows is what the log lists, and says so in the element. */
export async function checkPage(proof: HTMLElement): Promise<void> {
  const leaf = proof.querySelector('[data-leaf]')?.textContent ?? '';
  const { index = '', origin = '', vkey = '', blob } = proof.dataset;
  const checks: Check[] = [];
  try {
    const listing = await checkListing(logFiles('lists'), { origin, vkey }, { leaf, index: Number(index) });
    checks.push(...listingChecks(listing, Number(index)));
    if (blob !== undefined) checks.push(await checkContent(leaf, blob));
  } catch (error) {
    checks.push(failure(error));
  }
  show(proof, checks);
}

function show(proof: HTMLElement, checks: readonly Check[]): void {
  const outcome = proof.querySelector<HTMLElement>('[data-outcome]');
  if (!outcome) return;
  const states = checks.map(({ state }) => state);
  const whole = states.includes('fails') ? 'fails' : states.includes('unknown') ? 'unknown' : 'holds';
  const list = element(
    'ul',
    'checks',
    ...checks.map(({ state, text }) => element('li', state, mark(state), element('span', '', text))),
  );
  const headline = element(
    'p',
    `headline ${whole}`,
    mark(whole),
    element('strong', '', say(...HEADLINES[whole])),
  );
  const limits = element(
    'p',
    'small muted',
    say(
      '这不证明事项合法，也不证明之后没有新的变更；它证明登记机关公布过这些内容，而且不能对您一种说法、对别人另一种说法。',
      'This does not prove that the item is lawful, nor that nothing changed since; it proves that the registry published this and cannot tell you one thing and others another.',
    ),
  );
  outcome.replaceChildren(headline, list, limits);
  outcome.className = `outcome ${whole}`;
  outcome.dataset['outcome'] = whole;
  outcome.hidden = false;
}

function listingChecks({ size, continuity }: Listing, index: number): Check[] {
  const found: Check[] = [
    {
      state: 'holds',
      text: say(
        `日志现有 ${size} 条，检查点的签名正确。`,
        `The log has ${size} entries; the signature of its checkpoint is right.`,
      ),
    },
    {
      state: 'holds',
      text: say(
        `第 ${index} 条就是上面的条目，沿着日志的树算到根值，一致。`,
        `Entry ${index} is the one above; computed up the tree of the log it leads to its root.`,
      ),
    },
  ];
  switch (continuity.kind) {
    case 'first-visit':
      return [
        ...found,
        {
          state: 'holds',
          text: say(
            '本浏览器第一次见到这本日志，已记住它，下次来会与这次比对。',
            'This browser sees the log for the first time and has remembered it for the next.',
          ),
        },
      ];
    case 'continues':
      return [
        ...found,
        {
          state: 'holds',
          text: say(
            `与本浏览器上次见到的（${continuity.size} 条）相接，没有改动旧条目。`,
            `It continues what this browser saw before (${continuity.size} entries); no old entry was changed.`,
          ),
        },
      ];
    case 'behind':
      return [
        ...found,
        {
          state: 'unknown',
          text: say(
            `本浏览器曾见过更长的日志（${continuity.size} 条）：这份副本可能旧了，请稍后再看。`,
            `This browser has seen a longer log (${continuity.size} entries): this copy may be old.`,
          ),
        },
      ];
  }
}

async function checkContent(leaf: string, path: string): Promise<Check> {
  const bytes = await readFile(path.slice(1)).catch(() => undefined);
  if (bytes === undefined)
    return {
      state: 'unknown',
      text: say(
        '没有取到内容文件，无法比对页面文字。',
        'The content file could not be had, so the page could not be compared.',
      ),
    };
  const content = findContent(leaf, bytes);
  if (content === undefined)
    return {
      state: 'fails',
      text: say(
        '内容文件的指纹与条目所记的不同。',
        'The fingerprint of the content file is not the one the entry names.',
      ),
    };
  const { compared, different } = compareShownTexts(content);
  for (const one of different) one.classList.add('differs');
  return different.length > 0
    ? {
        state: 'fails',
        text: say(
          `本页有 ${different.length} 处文字与条目所列的内容不同，已标出。`,
          `${different.length} texts of this page are not what the entry lists; they are marked.`,
        ),
      }
    : {
        state: 'holds',
        text: say(
          `内容指纹与条目相符；本页 ${compared} 处清单文字与它逐字相同。`,
          `The content is the one the entry names; ${compared} texts of this page are the same to the character.`,
        ),
      };
}

function failure(error: unknown): Check {
  if (error instanceof LogError && error.code === 'unavailable') {
    return {
      state: 'unknown',
      text: say(
        '没有取到日志文件：可能断网了，或者网站正在更新。请稍后刷新再试。',
        'The files of the log could not be had: offline, or the site is being updated. Try again later.',
      ),
    };
  }
  if (!(error instanceof LogError)) {
    return {
      state: 'unknown',
      text: say(
        '这个浏览器没能完成计算，请换一个较新的浏览器。',
        'This browser could not compute it; try a newer one.',
      ),
    };
  }
  return {
    state: 'fails',
    text: say(`日志不能证明这一条（${error.code}）。`, `The log does not prove this entry (${error.code}).`),
  };
}
