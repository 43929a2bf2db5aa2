import { STATEMENT_TOO_LARGE } from '../core/statement-limits.ts';

/** Why the bytes of a file could not become rows. */
export type UnreadableReason = 'empty' | 'not-a-table' | 'truncated' | 'corrupt' | 'encrypted' | 'no-sheet' | 'too-large' | 'statement-too-large' | 'unsupported';

const FRENCH = {
  empty: 'Le fichier est vide.',
  'not-a-table': "Le contenu n'est ni un classeur, ni un CSV, ni un JSON de lignes.",
  truncated: 'Le fichier est incomplet : son transfert a sans doute été interrompu.',
  corrupt: 'Le fichier est endommagé et ne peut pas être lu.',
  encrypted: 'Le classeur est protégé par un mot de passe : enregistrez-le sans mot de passe.',
  'no-sheet': 'Le classeur ne contient aucune feuille de calcul.',
  'too-large': 'Le fichier dépasse la taille admise : divisez-le par période.',
  'statement-too-large': STATEMENT_TOO_LARGE,
  unsupported: "Ce format de fichier n'est pas pris en charge : utilisez xlsx, xls, csv ou json.",
} as const satisfies Record<UnreadableReason, string>;

/** A file whose bytes cannot be read as rows. `message` is English for developers, `french` is for people. */
export class UnreadableFile extends Error {
  readonly reason: UnreadableReason;
  readonly french: string;

  constructor(reason: UnreadableReason, detail: string = reason) {
    super(`unreadable file (${reason}): ${detail}`);
    this.name = 'UnreadableFile';
    this.reason = reason;
    this.french = FRENCH[reason];
  }
}
