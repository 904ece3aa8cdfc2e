import { printedPage, type Certificate, type QrClaim } from '@mandate/certificate';
import { findItemAddress } from '@mandate/published';
import {
  explain,
  type FactExplanation,
  type Mandate,
  type QrVerdict,
  type Verdict,
} from '@mandate/verification';
import { say } from '../../scripts/page/language.ts';
import { element, mark } from '../../scripts/page/marks.ts';
import { evidenceLines, type Line } from '../../scripts/verify/evidence-words.ts';
import { lookOf } from '../../scripts/verify/verdict-look.ts';
import { formatDayEn } from '../../text/english.ts';
import { formatDay, formatTime } from '../../text/format.ts';

/** Words of the judge, in the reader's language. */
const pick = ({ zh, en }: { readonly zh: string; readonly en: string }): string => say(zh, en);
const day = (date: string): string => say(formatDay(date), formatDayEn(date));

/** The parts of a verdict's section. Everything comes from the verdict: from signed bytes, nothing from the file's looks. */
export function verdictNodes(verdict: Verdict | QrVerdict): Node[] {
  const { facts } = verdict;
  const issuerHolds = facts.some(({ name, state }) => name === 'issuer' && state === 'holds');
  const claim = 'claim' in verdict ? verdict.claim : undefined;
  return [
    head(verdict, claim),
    // Before the issuer holds, signed bytes are anybody's bytes: not to be shown as a certificate.
    ...(verdict.certificate && issuerHolds ? sheet(verdict.certificate) : []),
    ...(claim && issuerHolds ? claimNodes(claim) : []),
    ...(verdict.mandate ? mandateNodes(verdict.mandate) : []),
    element('h3', '', say('逐项核对', 'Check by check')),
    element('ul', 'facts-list', ...explain(verdict).facts.map(factNode)),
    element(
      'p',
      'small muted',
      say(
        `核对时刻：北京时间 ${formatTime(verdict.checkedAt)}（按您设备的时钟）。`,
        `Checked at ${formatTime(verdict.checkedAt)}, Beijing time, by the clock of your device.`,
      ),
    ),
  ];
}

function head(verdict: Verdict, claim: QrClaim | undefined): HTMLElement {
  const words = explain(verdict);
  const { look, svg } = lookOf(verdict.verdict);
  // A code that says all it can say is no failure: it just cannot vouch for the paper around it.
  const isGoodCode = claim !== undefined && verdict.verdict === 'indeterminate' && onlyOutsideCode(verdict);
  const title = element(
    'h2',
    '',
    isGoodCode
      ? say('二维码属实，证照待核对', 'The code is genuine; check the certificate')
      : pick(words.title),
  );
  title.id = 'verdict-title';
  title.tabIndex = -1;
  const text = element('div', '', title);
  const sentence = isGoodCode
    ? say(
        '二维码由登记簿签发，没有撤销，在有效期内。',
        'The registry issued this code; it is not revoked and within its validity.',
      )
    : pick(words.sentence);
  text.append(element('p', '', sentence));
  if (words.advice) text.append(element('p', '', pick(words.advice)));
  const box = element('div', `verdict-head ${look}`, svg, text);
  box.dataset['verdictName'] = verdict.verdict;
  return box;
}

function onlyOutsideCode({ facts }: Verdict): boolean {
  return facts.every(({ state, code }) => state === 'holds' || code === 'not-in-code');
}

function sheet(certificate: Certificate): Node[] {
  const page = printedPage(certificate, { checkAddress: location.host });
  const proofs = page.proofs.filter(({ label }) => label !== '核验网址');
  const lines = [
    page.number,
    ...page.fields,
    ...proofs,
    page.issuer,
    { label: '颁发日期', value: page.issueDate },
  ];
  return [
    element('h3', '', say('证照写了什么', 'What the certificate says')),
    element(
      'p',
      'small muted',
      say(
        '以下内容取自签过名的数据，不是取自文件的外观。请与出示者、与纸面核对。',
        'Taken from the signed data, not from the looks of the file. Compare it with whoever shows it, and with the paper.',
      ),
    ),
    element(
      'div',
      'sheet',
      element('p', 'title', page.title),
      ...(page.sampleNotice === undefined ? [] : [element('p', 'tag', page.sampleNotice)]),
      pairs(lines.map(({ label, value }) => ({ word: label, value }))),
    ),
  ];
}

function claimNodes(claim: QrClaim): Node[] {
  return [
    element('h3', '', say('二维码写了什么', 'What the code says')),
    element(
      'p',
      'small muted',
      say(
        '请与纸面上的证照标识和有效期限逐字核对。',
        'Compare identifier and validity with the paper, letter by letter.',
      ),
    ),
    pairs([
      { word: say('证照标识', 'Identifier'), value: claim.identifier },
      {
        word: say('有效期限', 'Valid'),
        value: `${day(claim.validFrom)}${say('至', ' – ')}${day(claim.validUntil)}`,
      },
    ]),
  ];
}

function mandateNodes({ key, name, entryIndex, effectiveDate, recorded }: Mandate): Node[] {
  const link = element('a', '', name);
  link.href = findItemAddress(key) ?? '';
  const text =
    recorded !== undefined
      ? say(
          `，${formatDay(recorded)}收录在清单上（清单日志第 ${entryIndex} 条）。`,
          `, recorded on the list on ${formatDayEn(recorded)} (entry ${entryIndex} of the log of the lists).`,
        )
      : say(
          `，自 ${formatDay(effectiveDate)} 起列在清单上（清单日志第 ${entryIndex} 条）。`,
          `, listed from ${formatDayEn(effectiveDate)} (entry ${entryIndex} of the log of the lists).`,
        );
  return [element('h3', '', say('依据哪一项权力', 'Under which power')), element('p', '', link, text)];
}

function factNode({ fact, name, state, sentence, doesNotProve }: FactExplanation): HTMLElement {
  const text = element(
    'div',
    '',
    element(
      'p',
      '',
      element('strong', '', say(`${name.zh}：${state.zh}。`, `${name.en}: ${state.en}. `)),
      pick(sentence),
    ),
  );
  if (fact.state === 'holds') text.append(element('p', 'small muted', pick(doesNotProve)));
  const lines = evidenceLines(fact.evidence ?? {});
  if (lines.length > 0) {
    text.append(
      element(
        'details',
        'small',
        element('summary', '', say(`${name.zh}：凭据`, `${name.en}: evidence`)),
        pairs(lines),
      ),
    );
  }
  const item = element('li', fact.state, mark(fact.state), text);
  item.dataset['fact'] = fact.name;
  return item;
}

function pairs(lines: readonly Line[]): HTMLElement {
  return element(
    'dl',
    'pairs',
    ...lines.flatMap(({ word, value }) => [element('dt', '', word), element('dd', '', value)]),
  );
}
