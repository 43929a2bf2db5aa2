import type { TacheOutcome } from '../core/tache.ts';
import { differenceOf } from './export-column.ts';
import type { ResultClass, ResultLine } from './result-line.ts';

interface Sum {
  count: number;
  amount: number;
}

/** Counts and adds up the lines that go into an export, and holds them against what the tache says: an export is the screen's equal, or it is not handed out. */
export class LineAudit {
  readonly #sums = new Map<ResultClass, Sum>();

  add(lines: readonly ResultLine[]): void {
    for (const line of lines) {
      const sum = this.#sums.get(line.classe) ?? { count: 0, amount: 0 };
      sum.count += 1;
      sum.amount += differenceOf(line) ?? 0;
      this.#sums.set(line.classe, sum);
    }
  }

  /** @throws Error naming the class whose lines are not what the tache counts */
  hold({ counts, bridge }: TacheOutcome): void {
    this.#hold('rapproche', counts.matched, 0);
    this.#hold('montant_different', counts.amountDiffers, bridge.amountDiffers.amount);
    this.#hold('doublon_operateur', counts.statementDuplicates, bridge.statementDuplicates.amount);
    this.#hold('doublon_cinetpay', counts.ledgerDuplicates, bridge.ledgerDuplicates.amount);
    this.#hold('absent_operateur', counts.absent, bridge.absent.amount);
    this.#hold('correspondent', counts.correspondents, bridge.correspondents.amount);
    this.#hold('not_correspondent', counts.unexplained, bridge.unexplained.amount);
    this.#hold('mis_de_cote', counts.setAside, 0);
    this.#hold('en_erreur', counts.bad, 0);
  }

  #hold(name: ResultClass, count: number, amount: number): void {
    const sum = this.#sums.get(name) ?? { count: 0, amount: 0 };
    if (sum.count !== count || sum.amount !== amount) {
      throw new Error(`the result has ${sum.count} lines of class ${name} worth ${sum.amount}, the tache ${count} worth ${amount}`);
    }
  }
}
