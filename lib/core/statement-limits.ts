/** What the engine takes in one statement: the matcher's memory holds the columns of so many rows, its disk the file. */
export const MOST_STATEMENT_ROWS = 10_000_000;
export const LARGEST_STATEMENT_BYTES = 1024 * 1024 * 1024;

/** French: what to do with a larger one. */
export const STATEMENT_TOO_LARGE =
  "Le relevé dépasse ce qui se rapproche en une fois : 1 Go ou 10 000 000 de lignes. Divisez-le par jour ou par période, gardez la ligne d'en-têtes dans chaque fichier et envoyez chacun sous son propre nom, avec ses bornes.";
