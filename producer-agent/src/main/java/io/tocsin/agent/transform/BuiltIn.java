package io.tocsin.agent.transform;

import java.util.List;

/** What the agent can find by itself. */
public enum BuiltIn {
  /** Bearer tokens, JSON web tokens, private keys, and keys of well-known services. */
  TOKENS("token", TokenFinder.ALL),
  /** Values of fields that are named as secrets are, and passwords in addresses. */
  PASSWORDS("password", List.of(new PasswordFinder(), new AddressPasswordFinder())),
  /** Numbers of payment cards: of an issuer's form, with a right check digit. */
  CARD_NUMBERS("card-number", List.of(new CardFinder())),
  EMAILS("email", List.of(new EmailFinder()));

  private final String label;

  @SuppressWarnings(
      "ImmutableEnumChecker") // a list that cannot be changed, of finders that hold nothing
  private final List<Finder> finders;

  BuiltIn(String label, List<? extends Finder> finders) {
    this.label = label;
    this.finders = List.copyOf(finders);
  }

  /** What stands in the place of what was found. */
  String label() {
    return label;
  }

  List<Finder> finders() {
    return finders;
  }
}
