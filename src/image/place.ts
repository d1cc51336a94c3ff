import { UserError } from "../diagnostics/diagnostic.js";

const REMEDY = "the file is damaged or was not made by ternac; copy it or build it again";

/** A place in an image file, for errors. */
export class Place {
  constructor(
    readonly file: string,
    readonly where?: string,
  ) {}

  /** A place inside this one, such as a section of the file. */
  at(where: string): Place {
    return new Place(this.file, this.where ? `${this.where}, ${where}` : where);
  }

  /** @throws UserError always: file, place, problem and remedy */
  fail(problem: string, remedy: string = REMEDY): never {
    throw new UserError([this.file, this.where, problem].filter(Boolean).join(": "), remedy);
  }
}
