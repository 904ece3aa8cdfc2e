import { describe, expect, test } from '@jest/globals';
import { canonicalBytes, type Json } from '@mandate/encoding';
import { parseCertificateEvent, PublishedFormatError } from '@mandate/published';
import { AuditedRegistry } from '../../../test/support/audited-registry.ts';

const head = (number: Json, day: string, more: Readonly<Record<string, Json>> = {}) => ({
  v: 1,
  event: 'ledger-head',
  subject: 'ab'.repeat(32),
  number,
  day,
  time: '2026-06-16T00:00:05Z',
  ...more,
});
const audit = async (...events: ReturnType<typeof head>[]) =>
  (await AuditedRegistry.publish({ events })).audit();

describe('heads of the ledger in the certificates log', () => {
  test('are known, and leave everything else judged', async () => {
    const { ok, problems, unjudged } = await audit(head(3, '2026-06-15'), head(9, '2026-06-17'));
    expect([ok, problems, unjudged]).toEqual([true, [], []]);
  });

  test.each([
    ['of fewer acts', head(2, '2026-06-17')],
    ['of as many acts', head(3, '2026-06-17')],
    ['of the same day', head(9, '2026-06-15')],
  ])('that come later are not %s', async (_name, later) => {
    const { problems } = await audit(head(3, '2026-06-15'), later);
    expect(problems).toEqual([
      {
        file: expect.stringMatching(/^log\/certificates\/tile\/entries/),
        message: expect.stringContaining('台账的链头'),
      },
    ]);
  });

  test.each([
    ['no number', head('3', '2026-06-15')],
    ['half a hash', head(3, '2026-06-15', { subject: 'ab' })],
    ['no day', head(3, '2026-6-15')],
  ])('with %s are no heads', async (_name, wrong) => {
    const { ok, problems } = await audit(wrong);
    expect(ok).toBe(false);
    expect(problems[0]?.message).toContain('条目不符合格式');
  });

  test('of a later version are passed over', async () => {
    const { ok, unjudged } = await audit(head(3, '2026-06-15', { v: 2 }));
    expect(ok).toBe(true);
    expect(unjudged.join('\n')).toContain('newer-format');
  });

  test('are a newer event, and no broken one, for a reader that knows events of certificates alone', () => {
    let code: unknown;
    try {
      parseCertificateEvent(canonicalBytes(head(3, '2026-06-15')));
    } catch (error) {
      code = error instanceof PublishedFormatError && error.code;
    }
    expect(code).toBe('newer-format');
  });
});
