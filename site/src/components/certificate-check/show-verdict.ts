import { printedPage, type Certificate, type QrClaim } from '@mandate/certificate';
import {
  explain,
  type FactExplanation,
  type Mandate,
  type QrVerdict,
  type Verdict,
} from '@mandate/verification';
import { element, mark } from '../../scripts/page/marks.ts';
import { evidenceLines, type Line } from '../../scripts/verify/evidence-words.ts';
import { lookOf } from '../../scripts/verify/verdict-look.ts';
import { formatDay, formatTime } from '../../text/format.ts';

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
    element('h3', '', '逐项核对'),
    element('ul', 'facts-list', ...explain(verdict).facts.map(factNode)),
    element('p', 'small muted', `核对时刻：北京时间 ${formatTime(verdict.checkedAt)}（按您设备的时钟）。`),
  ];
}

function head(verdict: Verdict, claim: QrClaim | undefined): HTMLElement {
  const words = explain(verdict);
  const { look, svg } = lookOf(verdict.verdict);
  // A code that says all it can say is no failure: it just cannot vouch for the paper around it.
  const isGoodCode = claim !== undefined && verdict.verdict === 'indeterminate' && onlyOutsideCode(verdict);
  const title = element('h2', '', isGoodCode ? '二维码属实，证照待核对' : words.title.zh);
  title.id = 'verdict-title';
  title.tabIndex = -1;
  const text = element('div', '', title);
  const sentence = isGoodCode ? '二维码由登记簿签发，没有撤销，在有效期内。' : words.sentence.zh;
  text.append(element('p', '', sentence));
  if (words.advice) text.append(element('p', '', words.advice.zh));
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
    element('h3', '', '证照写了什么'),
    element('p', 'small muted', '以下内容取自签过名的数据，不是取自文件的外观。请与出示者、与纸面核对。'),
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
    element('h3', '', '二维码写了什么'),
    element('p', 'small muted', '请与纸面上的证照标识和有效期限逐字核对。'),
    pairs([
      { word: '证照标识', value: claim.identifier },
      { word: '有效期限', value: `${formatDay(claim.validFrom)}至${formatDay(claim.validUntil)}` },
    ]),
  ];
}

function mandateNodes({ key, name, entryIndex, effectiveDate }: Mandate): Node[] {
  const dot = key.lastIndexOf('.');
  const link = element('a', '', name);
  link.href = `/items/${key.slice(0, dot)}/${key.slice(dot + 1)}/`;
  const text = `，自 ${formatDay(effectiveDate)} 起列在清单上（清单日志第 ${entryIndex} 条）。`;
  return [element('h3', '', '依据哪一项权力'), element('p', '', link, text)];
}

function factNode({ fact, name, state, sentence, doesNotProve }: FactExplanation): HTMLElement {
  const text = element(
    'div',
    '',
    element('p', '', element('strong', '', `${name.zh}：${state.zh}。`), sentence.zh),
  );
  if (fact.state === 'holds') text.append(element('p', 'small muted', doesNotProve.zh));
  const lines = evidenceLines(fact.evidence ?? {});
  if (lines.length > 0) {
    text.append(element('details', 'small', element('summary', '', `${name.zh}：凭据`), pairs(lines)));
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
