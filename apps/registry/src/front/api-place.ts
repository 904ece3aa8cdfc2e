/** Where the API is to be found now: who tells and who asks share one. */
export class ApiPlace {
  /** undefined while there is none */
  url: string | undefined;

  constructor(url?: string) {
    this.url = url;
  }
}
