import { fetchSource } from '@mandate/published';
import { verifyDocument, verifyQr, type QrVerdict, type Verdict } from '@mandate/verification';
import type { Report, Task } from './protocol.ts';

addEventListener('message', ({ data }: MessageEvent<Task>) => {
  verify(data).then(
    (verdict) => report({ kind: 'verdict', verdict }),
    () => report({ kind: 'fault' }),
  );
});

async function verify({ subject, base, rootFingerprint, remembered }: Task): Promise<Verdict | QrVerdict> {
  const memory = new Map(Object.entries(remembered));
  const options = {
    source: fetchSource(base),
    rootFingerprint,
    now: new Date(),
    remembered: {
      get: (key: string) => memory.get(key),
      set: (key: string, value: string) => {
        memory.set(key, value);
        report({ kind: 'remember', key, value });
      },
    },
  };
  return subject.kind === 'document'
    ? verifyDocument(subject.bytes, options)
    : verifyQr(subject.text, options);
}

function report(message: Report): void {
  postMessage(message);
}
