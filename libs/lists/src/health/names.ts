import type { AuthorityItem } from '../authority-item.ts';
import { excerpt, type ItemFinding } from './finding.ts';

/** Organs and places by the names under which a list may speak of them. */
export interface KnownNames {
  /** longest first, so that what is found is the whole of it */
  readonly organs: readonly string[];
  readonly places: readonly string[];
}

export function knownNames(
  organs: readonly {
    readonly name: string;
    readonly shortName?: string | undefined;
    readonly regionName?: string | undefined;
  }[],
  regions: readonly { readonly name: string }[],
): KnownNames {
  const longestFirst = (names: Iterable<string>): string[] =>
    [...new Set(names)].sort((a, b) => b.length - a.length);
  const places = [
    ...organs.flatMap(({ regionName }) => regionName ?? []),
    ...regions.map(({ name }) => name),
  ];
  return {
    organs: longestFirst(
      organs
        .flatMap(({ name, shortName, regionName }) => [
          name,
          shortName ?? '',
          regionName !== undefined && name.startsWith(regionName) ? name.slice(regionName.length) : '',
        ])
        // 人民政府 and the like are every place's.
        .filter((name) => name.length >= 4 && !name.endsWith('政府')),
    ),
    // 克拉玛依市 is also called 克拉玛依; of a name of two characters too little is left to go by.
    places: longestFirst(
      places.flatMap((name) => (name.length >= 4 ? [name, name.replace(/[省市县区州盟旗]$/u, '')] : [name])),
    ).filter((name) => name.length >= 3),
  };
}

const OWN_PLACE = /(?:[本我全](?:市(?!场)|省|县|自治区|自治州|州|区(?![域间块])))/u;
/** 1. 、（一）、第2批、〔2018〕5号 */
const SERIAL =
  /^\s*(?:[（(]?\d{1,3}[)）.．、]|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)/u;
const BATCH = /第[零一二三四五六七八九十\d]{1,4}批/u;
const DOCUMENT = /[〔[【（(](?:19|20)\d\d[〕\]】）)]\s*第?\s*\d{1,5}\s*号/u;
const ARTICLE = /第\s*[零〇一二三四五六七八九十百千\d]{1,8}\s*条/u;
/**
 * 《》第十四条第五项、第十项规定的处罚, 《》第五十六条禁止行为的处罚: the articles are all that is said of the conduct. A name that
 * goes on to say it (《》第五十五条规定的报告义务) is none.
 */
const ARTICLE_ONLY =
  /《》第[零〇一二三四五六七八九十百千\d]{1,8}条[第零〇一二三四五六七八九十百千\d条款项（()）、和及]*(?:所?规定的?|所?列举的?)?(?:禁止|违法|违规)?的?(?:行为|情形)?(?:[，,]?情节严重)?的?(?:行政)?处罚(?:[（(][^）)]*[）)])?$/u;

/** A name holds no organ, place or number; what stands in 《》 is the title of something and not the name's own words. */
export function checkNames(item: AuthorityItem, known: KnownNames): ItemFinding[] {
  const below = item.subItems.flatMap(({ name }, n) =>
    checkName(name, `/subItems/${n.toString()}/name`, `第${(n + 1).toString()}个子项的名称`, known),
  );
  // Sub-items are numbered all or none: said once.
  const [numbered, ...rest] = below.filter(({ rule }) => rule === 'name-with-number');
  return [
    ...checkName(item.name, '/name', '事项名称', known),
    ...below.filter(({ rule }) => rule !== 'name-with-number'),
    ...(numbered
      ? [
          rest.length === 0
            ? numbered
            : {
                ...numbered,
                place: `${(rest.length + 1).toString()}个子项的名称`,
                text: `${numbered.text}等`,
              },
        ]
      : []),
  ];
}

function checkName(name: string, pointer: string, place: string, known: KnownNames): ItemFinding[] {
  // What is never closed is passed over at once, not looked through again from each of its signs.
  const words = name.replace(/《[^》]*(?:》|$)/gu, (title) => (title.endsWith('》') ? '《》' : title));
  const found: ItemFinding[] = [];
  const add = (rule: ItemFinding['rule'], what: string | undefined): void => {
    if (what !== undefined)
      found.push({ rule, pointer, place, text: `“${what.trim()}”，见“${excerpt(name)}”` });
  };
  const organ = known.organs.find((one) => words.includes(one));
  add('name-with-organ', organ);
  // The place in the organ's name is said already.
  const rest = organ === undefined ? words : words.replace(organ, '');
  add('name-with-place', known.places.find((one) => rest.includes(one)) ?? OWN_PLACE.exec(rest)?.[0]);
  add('name-with-number', (SERIAL.exec(words) ?? BATCH.exec(words) ?? DOCUMENT.exec(words))?.[0]);
  add('name-with-article', ARTICLE_ONLY.test(words) ? ARTICLE.exec(words)?.[0] : undefined);
  return found;
}
