import { randomBytes } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { withActor } from './actor.ts';
import { UsageError } from './usage-error.ts';
import { PublicationService } from '../publication/publication.service.ts';
import { issuerOf } from '../certificates/issuer.ts';
import type { CertificateSummary, IssueData, RevokeBody } from '../certificates/certificate-data.ts';
import { CertificateReadingService } from '../certificates/certificate-reading.service.ts';
import { CertificatesService } from '../certificates/certificates.service.ts';
import { IssueService } from '../certificates/issue.service.ts';
import { RevokeService } from '../certificates/revoke.service.ts';

/** The certificate is there, and something after it went wrong: to issue again would make a second one. */
export class IssuedError extends Error {
  override readonly name = 'IssuedError';
  readonly code = 'issued';

  constructor(identifier: string, cause: unknown) {
    super(
      `证照已经签发：${identifier}\n但之后出错：${cause instanceof Error ? cause.message : String(cause)}\n` +
        `请不要重新签发。取回文件：npx mandate document ${identifier} --out permit.pdf --as <login>`,
      { cause },
    );
  }
}

/**
 * Issues, writes the PDF and publishes the data files. The place for the file is taken before anything is issued: a
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
    return await withActor(login, async (app, actor) => {
      const identifier = await app.get(IssueService).issue(request, issuerOf(actor));
      try {
        const certificates = app.get(CertificatesService);
        const summary = await certificates.summary(null, identifier);
        await file.writeFile(await certificates.document(null, identifier));
        await file.sync();
        await rename(temporary, out);
        // Last: what goes wrong with the other files must not cost this one.
        await app.get(PublicationService).publishData();
        return summary;
      } catch (cause) {
        throw new IssuedError(identifier, cause);
      }
    });
  } finally {
    await file.close();
    await rm(temporary, { force: true });
  }
}

/** Writes the signed PDF of a certificate of the account's organ once more. @throws CertificateError `certificate-not-found` */
export async function documentToFile(login: string, identifier: string, out: string): Promise<void> {
  const pdf = await withActor(login, (app, actor) => {
    issuerOf(actor);
    return app.get(CertificateReadingService).document(actor, identifier);
  });
  await writeFile(out, pdf);
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
