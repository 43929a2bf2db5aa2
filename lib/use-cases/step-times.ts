/** Numbers of one run, for the log: of each step its milliseconds, and the rows that it moved in a second. */
export type StepFigures = Readonly<Record<string, number>>;

export type Step = 'fetch' | 'parse' | 'query' | 'match' | 'write';

/** Measures the steps of a run, so that the one which holds the others up can be seen. */
export class StepTimes {
  readonly #figures: Record<string, number> = {};

  /** Does the work of a step. @param rowsOf how many rows the work moved, where it moves rows */
  async of<Result>(step: Step, work: () => Promise<Result>, rowsOf?: (result: Result) => number): Promise<Result> {
    const begun = performance.now();
    const result = await work();
    const milliseconds = performance.now() - begun;
    this.#figures[`${step}Ms`] = Math.round(milliseconds);
    if (rowsOf !== undefined) this.#figures[`${step}RowsPerSecond`] = Math.round((rowsOf(result) * 1_000) / Math.max(milliseconds, 1));
    return result;
  }

  get figures(): StepFigures {
    return { ...this.#figures };
  }
}
