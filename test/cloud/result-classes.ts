import * as z from 'zod';
import { objectKeys, objectText } from './cloud-client.ts';

/** Classes as the worked cases write them: row numbers, transaction ids, or pairs of both. */
export interface ResultClasses {
  readonly rapproche: [number, string][];
  readonly montant_different: [number, string][];
  readonly correspondent: [number, string][];
  readonly doublon_operateur: number[];
  readonly not_correspondent: number[];
  readonly mis_de_cote: number[];
  readonly doublon_cinetpay: string[];
  readonly absent_operateur: string[];
}

const resultLine = z.object({ classe: z.string(), ligne: z.number().optional(), cpm_trans_id: z.string().optional() });

/** The classes of a run as the result file in S3 has them. */
export async function resultClasses(id: number): Promise<ResultClasses> {
  const [key = '', ...others] = await objectKeys(`resultats/${id}/`);
  if (others.length > 0) throw new Error(`tache ${id} has several results`);
  const text = (await objectText(key)) ?? '';
  const classes: ResultClasses = {
    rapproche: [],
    montant_different: [],
    correspondent: [],
    doublon_operateur: [],
    not_correspondent: [],
    mis_de_cote: [],
    doublon_cinetpay: [],
    absent_operateur: [],
  };
  for (const line of text.trimEnd().split('\n')) {
    const { classe, ligne = -1, cpm_trans_id = '' } = resultLine.parse(JSON.parse(line));
    if (classe === 'rapproche' || classe === 'montant_different' || classe === 'correspondent') classes[classe].push([ligne, cpm_trans_id]);
    else if (classe === 'doublon_cinetpay' || classe === 'absent_operateur') classes[classe].push(cpm_trans_id);
    else if (classe === 'doublon_operateur' || classe === 'not_correspondent' || classe === 'mis_de_cote') classes[classe].push(ligne);
    else throw new Error(`unknown class ${classe}`);
  }
  return classes;
}

/** Each list in an order of its own, so that two can be compared. */
export function sortedClasses(classes: object) {
  return Object.fromEntries(
    Object.entries(classes).map(([name, items]) => [
      name,
      z
        .array(z.unknown())
        .parse(items)
        .map((item) => JSON.stringify(item))
        .sort(),
    ]),
  );
}
