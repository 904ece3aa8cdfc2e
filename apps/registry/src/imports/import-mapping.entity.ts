import type { ReadingOptions } from '@mandate/list-files';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a person said of the columns under one header, for one organ's lists; used again for the same header. */
@Entity({ name: 'import_mapping' })
export class ImportMapping {
  /** key of the organ */
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'import_mapping_pk' })
  organ!: string;

  /** of the words of the header */
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'import_mapping_pk' })
  signature!: string;

  @Column('text', { name: 'organ_name' })
  organName!: string;

  /** the words of the header, for people */
  @Column('text')
  header!: string;

  @Column('jsonb')
  reading!: ReadingOptions;

  /** the file it was said of, without its folder */
  @Column('text')
  file!: string;

  @Column('timestamptz', { name: 'saved_at', default: () => 'now()' })
  savedAt!: Date;
}
