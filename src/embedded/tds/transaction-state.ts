/**
 * The transaction of a connection as its client sees it: an eight-byte descriptor, made when a transaction begins and
 * named again when it ends (MS-TDS 2.2.7.9, ENVCHANGE types 8-10).
 */
export class TransactionState {
  #count = 0n;
  #descriptor: Uint8Array | null = null;
  /** The name given with a transaction manager's BEGIN; empty for none. */
  name = '';

  get descriptor(): Uint8Array | null {
    return this.#descriptor;
  }

  begin(): Uint8Array {
    const descriptor = Buffer.alloc(8);
    descriptor.writeBigUInt64LE(++this.#count);
    this.#descriptor = descriptor;
    return descriptor;
  }

  end(): void {
    this.#descriptor = null;
    this.name = '';
  }
}
