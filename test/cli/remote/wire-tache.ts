import type { RemoteTache } from '../../../lib/cli/remote/tache-report.ts';
import { singleTache } from '../../../lib/http/schemas/tache.ts';

const line = { montant: 0, nombre: 0 };

/** A tache as the API answers it, in ATTENTE unless changed. */
export function wireTache(changes: Partial<RemoteTache> = {}): RemoteTache {
  return singleTache.parse({
    id: 3,
    dateCreation: '2026-03-09T18:02:11.000000Z',
    dateUpdate: '2026-03-09T18:02:13.000000Z',
    etat: 'ATTENTE',
    owner: 'awa',
    fileName: 'releve.xlsx',
    libelle: 'tache #2026-03-09 18:02:11.000000',
    description: '',
    dateDebut: '2026-03-07T00:00:00Z',
    dateFin: '2026-03-07T23:59:00Z',
    operateur: 1,
    montantOperateur: 12_500,
    montantCinetpay: 10_000,
    diffMontant: 2_500,
    countOperator: 5,
    countCinetpay: 4,
    diffCount: 1,
    devise: 'XOF',
    passage: {
      correspondent: { montant: 2_500, nombre: 1 },
      not_correspondent: line,
      doublon_operateur: line,
      montant_different: line,
      doublon_cinetpay: line,
      absent_operateur: line,
      residu: 0,
      residuNombre: 0,
    },
    ...changes,
  });
}
