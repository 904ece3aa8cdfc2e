import { CATEGORIES } from '@mandate/codes';
import { cleanText } from '@mandate/encoding';
import { explain, type Verdict } from '@mandate/verification';

const MARKS = { holds: '✓', fails: '✗', unknown: '？' } as const;
/** As wide as a Chinese character, so that columns stand below each other. */
const WIDE_BLANK = '\u3000';

/** A verdict for people at a terminal. */
export function describeVerdict(verdict: Verdict, file: string): string {
  const { title, sentence, facts, advice } = explain(verdict);
  const lines = [
    `${title.zh} ${title.en}`,
    sentence.zh,
    '',
    ...facts.map(
      ({ fact, name, state, sentence: what }) =>
        `${MARKS[fact.state]} ${pad(name.zh, 5)}${pad(state.zh, 4)}${what.zh}`,
    ),
    '',
    ...certificateLines(verdict),
    line('文件', file),
    line('核验时间', verdict.checkedAt),
    ...(advice ? ['', line('建议', advice.zh)] : []),
  ];
  // What a file says may hold escape sequences that would take over the terminal.
  return lines.map((text) => cleanText(text)).join('\n');
}

/** Only what came from a listed organ is shown as a certificate. */
function certificateLines({ certificate, mandate, facts }: Verdict): string[] {
  const issued = facts.some(({ name, state }) => name === 'issuer' && state === 'holds');
  if (certificate === undefined || !issued) return [];
  const categories = new Map<string, string>(Object.entries(CATEGORIES));
  return [
    line('证照', `${certificate.type.name} ${certificate.number}`),
    line('证照标识', certificate.identifier),
    line('持证主体', certificate.holder.name),
    line('颁发机构', certificate.issuer.name),
    line('有效期', `${certificate.validFrom} 至 ${certificate.validUntil}`),
    ...(mandate
      ? [
          line('清单依据', `${categories.get(mandate.category) ?? mandate.category}“${mandate.name}”`),
          line(
            '条目',
            `${mandate.key}，清单日志第 ${mandate.entryIndex} 条，${mandate.recorded === undefined ? `${mandate.effectiveDate} 起` : `${mandate.recorded} 收录`}`,
          ),
        ]
      : []),
  ];
}

function line(label: string, value: string): string {
  return pad(label, 5) + value;
}

/** To a width in Chinese characters. */
function pad(text: string, width: number): string {
  return text + WIDE_BLANK.repeat(Math.max(0, width - text.length));
}
