/** A root as people see it: everything that may be shown, logged and stored. No secret can be in here. */
export interface RootSummary {
  /** Distinguished name, most specific part first, e.g. `CN=SES Root CA, O=Example`. */
  readonly subject: string;
  readonly issuer: string;
  /** Serial number, lower-case hex without separators. */
  readonly serial: string;
  /** SHA-256 of the DER certificate, upper-case hex pairs joined by colons, as `openssl x509 -fingerprint -sha256`. */
  readonly fingerprint: string;
  /** SHA-256 of the DER SubjectPublicKeyInfo, lower-case hex. A run is bound to its roots by this. */
  readonly publicKeyId: string;
  /**
   * SHA-256 of the names that cms envelopes know it by (issuer, serial number, key identifier), lower-case hex. Another
   * certificate for the same key has another one, and who holds only that one does not find itself in the envelopes.
   */
  readonly recipientId: string;
  readonly keyBits: number;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly isCa: boolean;
  readonly signatureAlgorithm: string;
  readonly hasPrivateKey: boolean;
}

/** Which side of the change a root stands on: *Old value* or *New value*. */
export type RootSide = 'old' | 'new';

/** Where a root stands in the vendor's calendar. */
export interface Validity {
  readonly state: 'not-yet-valid' | 'valid' | 'expired';
  /** Whole days left, rounded down; negative once past. The same for the two marks. */
  readonly daysToExpiry: number;
  /** From here on the how-to allows a new root to be made (phase 1). */
  readonly renewalFrom: Date;
  readonly daysToRenewal: number;
  /** From here on it allows servers and key database to be switched (phase 2): one calendar month before expiry. */
  readonly switchFrom: Date;
  readonly daysToSwitch: number;
}
