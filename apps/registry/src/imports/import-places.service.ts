import { Injectable, type OnModuleInit } from '@nestjs/common';
import { withoutBlanks } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import { type PublishedDraft, REGISTRY_LIST } from '@mandate/drafting';
import { DraftPublicationService } from '../drafts/draft-publication.service.ts';
import { AlreadyListedService } from './already-listed.service.ts';
import { ImportsRepository } from './imports.repository.ts';

/** Keeps where the items of a published draft were found, so that the next file finds them again. */
@Injectable()
export class ImportPlacesService implements OnModuleInit {
  constructor(
    private readonly publications: DraftPublicationService,
    private readonly alreadyListed: AlreadyListedService,
    private readonly repository: ImportsRepository,
  ) {}

  onModuleInit(): void {
    this.publications.onPublished((tx, published) => this.keepPlaces(tx, published));
  }

  /** In the transaction of the publication: what was found where, and nothing listed twice. */
  private async keepPlaces(tx: EntityManager, published: PublishedDraft): Promise<void> {
    // Only a whole list says where its items stand; a table of discretion standards is another paper.
    if (published.draft.list === REGISTRY_LIST || published.draft.scope !== 'edition') return;
    const imported = published.changes.filter(
      ({ register, place }) => register === 'authority-item' && place !== undefined,
    );
    if (imported.length === 0) return;
    await this.alreadyListed.refuse(tx, published);
    await this.repository.save(
      tx,
      imported.flatMap(({ key, place }) =>
        place
          ? [
              {
                key,
                file: place.file,
                sheet: place.sheet,
                serial: withoutBlanks(place.serial ?? ''),
                row: place.row,
              },
            ]
          : [],
      ),
    );
  }
}
