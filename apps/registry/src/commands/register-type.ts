import type { CertificateType } from '@mandate/certificate';
import { DataSource } from 'typeorm';
import { withApp } from '../bootstrap/with-app.ts';
import { inTransaction } from '../database/transaction.ts';
import { PublicationService } from '../publication/publication.service.ts';
import { CertificateTypesService, type ListedType } from '../certificates/certificate-types.service.ts';

export async function listTypes(): Promise<readonly ListedType[]> {
  return withApp((app) => app.get(CertificateTypesService).list(app.get(DataSource).manager));
}

/** Registers and publishes. @returns whether the type said something else before @throws CertificateError */
export async function registerType(type: CertificateType, reason: string): Promise<boolean> {
  return withApp(async (app) => {
    const changed = await inTransaction(app.get(DataSource), (tx) =>
      app.get(CertificateTypesService).put(tx, type, reason),
    );
    await app.get(PublicationService).publishData();
    return changed;
  });
}
