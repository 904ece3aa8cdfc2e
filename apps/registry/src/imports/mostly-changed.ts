import { CATEGORIES, type CategoryCode } from '@mandate/codes';

/** What is told of an item to see why an edition has so little in common with the list. */
export interface ComparedName {
  readonly name: string;
  readonly category?: string | undefined;
  readonly basisText?: string | undefined;
}

export type CauseCode = 'other-organ' | 'swapped-columns' | 'part-of-the-list' | 'all-reworded' | 'unclear';

/** An edition whose items are mostly new, or a list whose items it mostly lacks. */
export interface MostlyChanged {
  /** items of the file, and how many of them are new */
  readonly found: number;
  readonly new: number;
  /** items of the list, and how many of them are not in the file */
  readonly listed: number;
  readonly missing: number;
  /** the likeliest cause */
  readonly cause: CauseCode;
  /** what to do, with the cause in words */
  readonly message: string;
  /** why it is so on purpose, by who drafted it, for whoever reviews it */
  readonly reason?: string | undefined;
}

/** Fewer than so many are a list that is small, not one that is wrong. */
const LEAST = 10;

/** Whether more than half, and not only a few. */
const isMost = (part: number, whole: number): boolean => part >= LEAST && part * 2 > whole;

/** @param counts of the file against the list as it stands; a first list is compared with nothing */
export function isMostlyChanged(
  counts: Pick<MostlyChanged, 'found' | 'new' | 'listed' | 'missing'>,
): boolean {
  return counts.listed > 0 && (isMost(counts.new, counts.found) || isMost(counts.missing, counts.listed));
}

interface Compared {
  readonly list: string;
  readonly found: readonly ComparedName[];
  readonly fresh: readonly ComparedName[];
  readonly listed: readonly ComparedName[];
  readonly missing: readonly ComparedName[];
  /** the organ whose list has most of the new names, where there is one */
  readonly other?: { readonly name: string; readonly count: number } | undefined;
}

/** Counts, and the likeliest of what such files usually are. */
export function explainMostlyChanged(
  counts: Pick<MostlyChanged, 'found' | 'new' | 'listed' | 'missing'>,
  compared: Compared,
): MostlyChanged {
  const { cause, words } = likeliestCause(counts, compared);
  return {
    ...counts,
    cause,
    message: `“${compared.list}”清单现有 ${counts.listed.toString()} 项，文件里 ${counts.found.toString()} 项：其中新列入 ${counts.new.toString()} 项，清单里有而文件里没有 ${counts.missing.toString()} 项。${words}`,
  };
}

function likeliestCause(
  counts: Pick<MostlyChanged, 'found' | 'new' | 'listed' | 'missing'>,
  { found, fresh, listed, missing, other }: Compared,
): { readonly cause: CauseCode; readonly words: string } {
  if (other !== undefined && other.count * 2 > fresh.length)
    return {
      cause: 'other-organ',
      words: `新列入的有 ${other.count.toString()} 项是“${other.name}”清单上的：这多半是那个机关的文件，请核对文件，或用 --organ 指明机关。`,
    };
  const statutes = fresh.filter(({ name }) => readsLikeStatute(name)).length;
  if (fresh.length > 0 && statutes * 2 > fresh.length)
    return {
      cause: 'swapped-columns',
      words: '事项名称大多写成了法律条文：名称和依据两列多半对调了，请核对表头。',
    };
  if (isMost(counts.missing, counts.listed) && !isMost(counts.new, counts.found))
    return { cause: 'part-of-the-list', words: partOfTheList(found, listed, missing) };
  if (isMost(counts.missing, counts.listed))
    return {
      cause: 'all-reworded',
      words:
        '名称几乎都对不上：如果是名称全部改写过，请先确认哪一项是原来的哪一项，否则都会另编标识，原来事项下的证照就失去了依据；如果是另一份清单，请换文件。',
    };
  return {
    cause: 'unclear',
    words: '文件里大多是清单上没有的事项：请核对是不是这个机关的文件，是不是选对了工作表。',
  };
}

/** 【法律】《…》第三条 … under 事项名称. A name may cite a law: 对违反《…》第五条行为的处罚 does not open with it. */
function readsLikeStatute(name: string): boolean {
  return /^\s*(?:\d+[.、]\s*)?(?:[【[](?:法律|行政法规|地方性法规|规章|部门规章|政府规章|规范性文件)|《[^》]{2,}》[^，。]{0,40}第[一二三四五六七八九十百千零〇\d]+条)/u.test(
    name,
  );
}

function partOfTheList(
  found: readonly ComparedName[],
  listed: readonly ComparedName[],
  missing: readonly ComparedName[],
): string {
  const there = new Set(found.map(({ category }) => category));
  const gone = [...new Set(missing.map(({ category }) => category))].filter(
    (category) => category !== undefined && !there.has(category) && Object.hasOwn(CATEGORIES, category),
  );
  // Of the table, as was just asked.
  const names = gone.map((category) => CATEGORIES[category as CategoryCode]);
  const lacking = names.length === 0 ? '' : `缺的有全部${names.join('、')}事项，`;
  return `文件只有清单的一部分（清单 ${listed.length.toString()} 项）：${lacking}多半少了几张工作表，或者是一张没有填完的表。请用完整的文件；分成几个文件的，一起导入。`;
}
