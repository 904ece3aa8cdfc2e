import type { LegalBasis } from '../authority-item.ts';
import { withoutBlanks } from '../wrapped-text.ts';
import { findKnownTitle } from './known-titles.ts';
import { findMaker, type Maker } from './numbers.ts';
import { beginsWithPlace } from './places.ts';

type Kind = LegalBasis['kind'];

/** What a list says of an act. */
export interface NamedAct {
  /** without 《》; empty where there is none */
  readonly title: string;
  /** number, dates and makers beside the title */
  readonly beside: string;
  /** the kind that the list itself gives it in 【】; `regulation` for 法规, which says neither of two */
  readonly given?: Kind | 'regulation' | undefined;
}

const RANK_OF: Readonly<Record<Exclude<Maker, 'government-session'>, Kind>> = {
  'state-council': 'administrative-regulation',
  'national-congress': 'law',
  'local-congress': 'local-regulation',
  'local-government': 'rule',
  ministry: 'rule',
  document: 'normative-document',
};

/** Rules of the trade, the courts, the Party, the army and the world: no act of 立法法 that the model has a kind for. */
const NO_KIND =
  /^(?:最高人民法院|最高人民检察院|中国共产党|中国人民解放军)|(?:公约|协定|议定书|条约|议定书修正案)$|^(?:GB|GB\/?T|JGJ|CJJ|JT\/?T|NY\/?T|HJ|DB\d*|AQ|TSG)\b/;
const STANDARD_NUMBER =
  /(?:^|[^A-Za-z])(?:GB(?:\/?T|Z|J)?|JGJ(?:\/?T)?|CJJ(?:\/?T)?|CECS|JT[GJS]?(?:\/?T)?|NY\/?T|HJ(?:\/?T)?|DB\d{2}(?:\/?T)?|AQ(?:\/?T)?|TSG|WS(?:\/?T)?|SB\/?T|LB\/?T|YY(?:\/?T)?)\s*[-—]?\s*[A-Z]?\d{2,6}/;
const JUDICIAL_NUMBER = /(?:法释|高检发释)[〔[（(【]/;

/** …法 that is no 办法, and none of the methods of standards. */
const LAW =
  /(?:法典|民法通则|民法总则|(?:宪法|刑法)修正案|(?<!办|方|做|用|手|书|语|看|说|算|写|想|疗|测定|检验|试验|检测|检查|分析|计算|评定|滴定|光度|色谱|质谱|评价|加工|施工|立|执|司|守|违|非|合|依)法)$/;
const DOCUMENT =
  /(?:通知|意见|批复|复函|函|通告|公告|方案|纪要|要点|纲要|目录|名录|汇总清单|事项清单|职能配置、?内设机构和人员编制(?:的)?规定|三定规定)$/;
const DECISION = /决定$/;
const CHANGING = /关于(?:修改|修订|修正|废止|停止)/;
const REGULATION = /条例$/;
const OF_A_LAW = /法实施(?:条例|细则|办法)$/;
/** What acts below a law are called: a list that calls one 法律 is wrong. */
const BELOW_LAWS = /(?:条例|办法|规定|细则|规则|规程|规范|标准|制度|程序|要求|表)$/;

/** A list names the same few acts in hundreds of items: what was ranked before, so many acts at most. */
const RANKED = new Map<string, Kind>();
const MOST_RANKED = 2_000;

/**
 * The rank of an act by its own words and number; what the list calls it counts where these do not say otherwise. Unclear is
 * `unknown`: nobody is served by a guess that looks like knowledge.
 */
export function findLegalRank(act: NamedAct): Kind {
  const words = JSON.stringify([act.given, act.title, act.beside]);
  const before = RANKED.get(words);
  if (before !== undefined) return before;
  if (RANKED.size >= MOST_RANKED) RANKED.clear();
  const rank = rankOf(act);
  RANKED.set(words, rank);
  return rank;
}

function rankOf({ title: said, beside, given }: NamedAct): Kind {
  const { title, suffix } = plainTitle(said);
  const words = withoutBlanks(`${beside} ${suffix}`);
  if (title === '') return given === 'regulation' ? (ofMaker(words) ?? 'unknown') : (given ?? 'unknown');
  if (NO_KIND.test(title) || STANDARD_NUMBER.test(`${title} ${words}`) || JUDICIAL_NUMBER.test(words))
    return 'unknown';
  if (LAW.test(title) && title.length <= 40 && !beginsWithPlace(title)) return 'law';
  const maker = findMaker(words);
  if (DECISION.test(title)) return ofDecision(title, maker, given);
  if (DOCUMENT.test(title)) return given === 'state-council-decision' ? given : 'normative-document';
  const known = findKnownTitle(title);
  if (known !== undefined && maker !== 'local-congress') return known;
  if (REGULATION.test(title)) return ofRegulation(title, maker, given);
  if (maker === undefined && CHANGING.test(title) && /(?<!全国)(?:人民代表大会|人大)/.test(title))
    return 'local-regulation';
  return ofMakerOrWord(title, maker, given);
}

function ofMakerOrWord(title: string, maker: Maker | undefined, given: NamedAct['given']): Kind {
  if (maker === undefined) return ofWord(title, given);
  if (maker !== 'government-session') return RANK_OF[maker];
  // A government's session passes its rules and its documents; regulations it cannot make.
  if (given === undefined) return 'unknown';
  return given === 'normative-document' ? given : 'rule';
}

/** A basis without any 《》 may yet carry a number. */
function ofMaker(words: string): Kind | undefined {
  const maker = findMaker(words);
  return maker === undefined || maker === 'government-session' ? undefined : RANK_OF[maker];
}

/** 决定: of the State Council a kind of its own; what changes other acts is of the rank of its maker. */
function ofDecision(title: string, maker: Maker | undefined, given: NamedAct['given']): Kind {
  if (/^(?:全国人民代表大会|全国人大)/.test(title)) return 'law';
  if (/^国务院(?!办公厅|[\p{Script=Han}]{2,12}(?:委员会|部|局|办公室)关于)/u.test(title))
    return CHANGING.test(title) ? 'administrative-regulation' : 'state-council-decision';
  return ofMakerOrWord(title, maker, given);
}

/** 条例 are made by the State Council or a people's congress: no rule may be called one (规章制定程序条例 第七条). */
function ofRegulation(title: string, maker: Maker | undefined, given: NamedAct['given']): Kind {
  if (beginsWithPlace(title) || maker === 'local-congress') return 'local-regulation';
  if (maker === 'national-congress') return 'law';
  // A list may leave the place out of the title of a regulation of its own.
  if (given === 'local-regulation' && maker === undefined && !title.startsWith('中华人民共和国'))
    return given;
  return 'administrative-regulation';
}

/** Only what the list itself calls it, unless the title cannot be that. */
function ofWord(title: string, given: NamedAct['given']): Kind {
  const place = beginsWithPlace(title);
  if (given === undefined)
    return OF_A_LAW.test(title) && /条例$/.test(title) ? 'administrative-regulation' : 'unknown';
  if (given === 'regulation') return place ? 'local-regulation' : 'administrative-regulation';
  if (given === 'law' && BELOW_LAWS.test(title)) return 'unknown';
  if (given === 'administrative-regulation' && place) return 'unknown';
  if (given === 'local-regulation' && title.startsWith('中华人民共和国')) return 'unknown';
  return given;
}

/** 《农药管理条例》（2022修订） → its name, and what stands in brackets behind it; titles in the title stay. */
function plainTitle(said: string): { title: string; suffix: string } {
  let title = withoutBlanks(said)
    .replace(/^[《<＜〈"“]+(?![^《<＜〈]*[》>＞〉].)/u, '')
    .replace(/[》>＞〉"”]+$/u, '');
  let suffix = '';
  for (;;) {
    const end =
      /[（(〔【[][^（()）〔〕【】[\]]{1,60}[)）〕】\]]$|(?:19|20)\d{2}年?(?:修正|修订)?(?:版|本)?$/u.exec(
        title,
      );
    if (!end || end.index === 0) return { title, suffix };
    title = title.slice(0, end.index);
    suffix += end[0];
  }
}
