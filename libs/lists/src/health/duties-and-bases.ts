import type { AuthorityItem, LegalBasis, StagedDuty } from '../authority-item.ts';
import { excerpt, type ItemFinding } from './finding.ts';
import { findNoName } from './no-name.ts';

/** What the item, its levels, its sub-items and their levels have in common here. */
interface Part {
  readonly bases?: readonly LegalBasis[] | undefined;
  readonly basisText?: string | undefined;
  readonly duties?: readonly StagedDuty[] | undefined;
  readonly dutiesText?: string | undefined;
  readonly dutyBases?: readonly LegalBasis[] | undefined;
  readonly dutyBasisText?: string | undefined;
}

interface PlacedPart {
  readonly part: Part;
  readonly pointer: string;
  readonly words: string;
}

/** The item and everything under it that can have duties and bases of its own. */
function partsOf(item: AuthorityItem): PlacedPart[] {
  const levelsOf = (levels: AuthorityItem['levels'], pointer: string, words: string): PlacedPart[] =>
    levels.map((part, n) => ({
      part,
      pointer: `${pointer}/levels/${n.toString()}`,
      words: `${words}${part.label ?? `第${(n + 1).toString()}个层级`}的`,
    }));
  return [
    { part: item, pointer: '', words: '' },
    ...levelsOf(item.levels, '', ''),
    ...item.subItems.flatMap((part, n) => {
      const pointer = `/subItems/${n.toString()}`;
      const words = `子项“${excerpt(part.name)}”的`;
      return [{ part, pointer, words }, ...levelsOf(part.levels ?? [], pointer, words)];
    }),
  ];
}

/** As long as a text can be that says nothing; what is longer is not looked at. */
const LONGEST_EMPTY = 40;
/** What sends the reader elsewhere says something, if little. */
const REFERS = /^\s*(?:同上|详?见附件)\s*$/u;

/** 无, —, 待补 or a number where a text should be: the cell is filled in, and the power has no basis all the same. */
const says = (text: string | undefined): boolean =>
  text !== undefined && (text.length > LONGEST_EMPTY || REFERS.test(text) || findNoName(text) === undefined);

const cites = (bases: readonly LegalBasis[] | undefined): boolean =>
  bases?.some(({ title, text }) => says(title) || says(text)) === true;

const hasDuties = ({ duties, dutiesText }: Part): boolean =>
  says(dutiesText) || duties?.some(({ text }) => says(text)) === true;

const hasDutyBasis = ({ dutyBases, dutyBasisText, duties }: Part): boolean =>
  says(dutyBasisText) || cites(dutyBases) || duties?.some(({ bases }) => cites(bases)) === true;

/**
 * Lists write duties and their basis once for an item, once a level or once a sub-item, and let cells that were merged
 * stand empty beside it: so only an item that has none anywhere is found.
 */
export function checkDuties(item: AuthorityItem): ItemFinding[] {
  const parts = partsOf(item);
  const first = parts.find(({ part }) => hasDuties(part));
  if (!first) return [{ rule: 'power-without-duties', pointer: '', place: '责任事项', text: '没有责任事项' }];
  if (parts.some(({ part }) => hasDutyBasis(part))) return [];
  return [
    {
      rule: 'duty-without-basis',
      pointer: `${first.pointer}/dutiesText`,
      place: `${first.words}责任事项`,
      text: excerpt(first.part.dutiesText ?? first.part.duties?.[0]?.text ?? ''),
    },
  ];
}

export function checkBases(item: AuthorityItem): ItemFinding[] {
  const parts = partsOf(item);
  if (!parts.some(({ part }) => says(part.basisText) || cites(part.bases)))
    return [{ rule: 'power-without-basis', pointer: '', place: '设定依据', text: '没有设定依据' }];
  return parts.flatMap(({ part, pointer, words }) =>
    (part.bases ?? []).flatMap((basis, n): ItemFinding[] =>
      lacksArticle(basis)
        ? [
            {
              rule: 'basis-without-article',
              pointer: `${pointer}/bases/${n.toString()}`,
              place: `${words}设定依据第${(n + 1).toString()}段`,
              text: excerpt(basis.text),
            },
          ]
        : [],
    ),
  );
}

/** What is divided into articles. A decision, a plan or a standard is cited by its annex, its number or as a whole. */
const WITH_ARTICLES = /(?:法|法典|条例|规定|办法|细则|规则)(?:[（(〈<].*)?$/u;
const ARTICLE = /第\s*[零〇一二三四五六七八九十百千\d]{1,8}\s*(?:条|款|项)/u;
const OWN_KINDS: readonly LegalBasis['kind'][] = [
  'law',
  'administrative-regulation',
  'local-regulation',
  'rule',
];

function lacksArticle({ kind, title, articles, text }: LegalBasis): boolean {
  if (articles.length > 0 || !OWN_KINDS.includes(kind)) return false;
  // A parser may miss what a person sees: any article in the wording is one.
  if (ARTICLE.test(text)) return false;
  // 【规章】 and nothing behind it
  if (title === undefined) return text.replace(/【[^】]*】/gu, '').trim() === '';
  return WITH_ARTICLES.test(title);
}
