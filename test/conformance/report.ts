import { readSignedPdf } from '@mandate/signature';
import { renderSample } from '../support/certificate-page.ts';
import { attacks } from './attacks/index.ts';
import { readers, withFile, type FileUnderTest, type Opinion, type OutsideReader } from './readers.ts';
import { makeVictim } from './victim.ts';

// `npm run conformance`: what programs that are not ours say of a fresh certificate and of the attacks made from it.

const ours: OutsideReader = {
  name: 'Mandate readSignedPdf',
  says: 'signature',
  read: ({ bytes }: FileUnderTest): Promise<Opinion> =>
    readSignedPdf(bytes).then(
      () => 'accepted',
      () => 'refused',
    ),
};

const certificate = await makeVictim(await renderSample());
const victim = await makeVictim();
const forged = Object.values(attacks)
  .flat()
  // Files the organ's own key has signed are not accepted wrongly by readers that are more lenient than ours.
  .filter(({ code }) => code === 'altered')
  .map((attack) => attack.forge(victim));

let failed = false;
console.log(`${'reader'.padEnd(24)}${'on'.padEnd(12)}${'genuine'.padEnd(16)}attacks it accepts`);
for (const reader of [ours, ...readers]) {
  const genuine = await withFile(certificate.text, certificate.root.der, reader.read);
  const isAsked = reader.says === 'signature' && genuine !== 'not installed';
  let accepted = 0;
  if (isAsked)
    for (const text of forged) {
      const opinion = await withFile(text, victim.root.der, reader.read).catch(() => 'refused');
      if (opinion === 'accepted') accepted += 1;
    }
  const share = isAsked ? `${accepted} of ${forged.length}` : '';
  console.log(`${reader.name.padEnd(24)}${reader.says.padEnd(12)}${genuine.padEnd(16)}${share}`);
  failed ||= genuine === 'refused' || (reader === ours && accepted > 0);
}
process.exitCode = failed ? 1 : 0;
