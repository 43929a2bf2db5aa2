import * as z from 'zod';

const text = z.string();
/** Minor units of the currency. */
const minor = z.int();

/** The statement's side of a line: what was read, and the amount and phone as the file shows them. */
const statementSide = {
  ligne: z.int().nonnegative(),
  /** ISO 8601 UTC. */
  date: text,
  payid: text,
  montant: minor,
  montant_fichier: text,
  telephone: text,
  statut: text,
  compte: text,
  trans_id: text,
};

/** The ledger's side of a line. */
const ledgerSide = {
  cpm_trans_id: text,
  created_at: text,
  cpm_payid: text,
  cpm_montant: minor,
  cel_phone_num: text,
  cpm_trans_status: text,
  cpm_custom: text,
};

/** One row of a run with its class: what `resultats/` holds, and exports are made of. */
export const resultLine = z.discriminatedUnion('classe', [
  z.object({ classe: z.literal('rapproche'), ...statementSide, ...ledgerSide }),
  z.object({ classe: z.literal('montant_different'), motif: text, ...statementSide, ...ledgerSide }),
  z.object({ classe: z.literal('doublon_operateur'), motif: text, ...statementSide }),
  z.object({ classe: z.literal('doublon_cinetpay'), motif: text, ...ledgerSide }),
  z.object({ classe: z.literal('absent_operateur'), motif: text, ...ledgerSide, limite: z.boolean() }),
  z.object({ classe: z.literal('correspondent'), id: z.int(), ...statementSide, ...ledgerSide, ambigu: z.boolean() }),
  z.object({ classe: z.literal('not_correspondent'), id: z.int(), ...statementSide, /** What people have done with it since; not part of a run. */ traitement: text.optional() }),
  z.object({ classe: z.literal('mis_de_cote'), ligne: z.int().nonnegative(), raison: text, payid: text, montant_fichier: text, telephone: text, statut: text }),
  z.object({ classe: z.literal('en_erreur'), ligne: z.int().nonnegative(), problemes: z.array(z.object({ column: text, reason: text })) }),
]);

export type ResultLine = z.infer<typeof resultLine>;
export type ResultClass = ResultLine['classe'];
