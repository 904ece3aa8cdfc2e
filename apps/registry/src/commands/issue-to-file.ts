import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { withActor } from './actor.ts';
import { UsageError } from './usage-error.ts';
import { PublicationService } from '../publication/publication.service.ts';
import { issuerOf } from '../certificates/issuer.ts';
import type { CertificateSummary, IssueData, RevokeBody } from '../certificates/certificate-data.ts';
import { CertificatesService } from '../certificates/certificates.service.ts';
import { IssueService } from '../certificates/issue.service.ts';
import { RevokeService } from '../certificates/revoke.service.ts';

/**
 * Issues, publishes the data files and writes the PDF. The place for the file is taken before anything is issued: a
 * certificate must not come into being because a folder did not exist.
 */
export async function issueToFile(
  login: string,
  request: IssueData & { type: string; item: string | undefined },
  out: string,
): Promise<CertificateSummary> {
  const temporary = `${out}.${randomBytes(4).toString('hex')}.new`;
  const file = await open(temporary, 'wx').catch((error: unknown) => {
    throw new UsageError(`不能写入 ${out}：${error instanceof Error ? error.message : String(error)}`);
  });
  try {
    const { summary, pdf } = await withActor(login, async (app, actor) => {
      const identifier = await app.get(IssueService).issue(request, issuerOf(actor));
      const certificates = app.get(CertificatesService);
      const result = {
        summary: await certificates.summary(null, identifier),
        pdf: await certificates.document(null, identifier),
      };
      await app.get(PublicationService).publishData();
      return result;
    });
    await file.writeFile(pdf);
    await file.sync();
    await rename(temporary, out);
    return summary;
  } finally {
    await file.close();
    await rm(temporary, { force: true });
  }
}

/** Revokes and publishes the new status list. @throws CertificateError */
export async function revokeAndPublish(
  login: string,
  identifier: string,
  reason: RevokeBody['reason'],
): Promise<void> {
  await withActor(login, async (app, actor) => {
    await app.get(RevokeService).revoke(identifier, reason, issuerOf(actor));
    await app.get(PublicationService).publishData();
  });
}
