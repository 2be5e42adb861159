package io.tocsin.faults.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the campaign against a serial port would see what it looks for. */
class AccountTest {

  enum Fault {
    NONE(account -> {}),
    MISSING(account -> account.next()),
    TWICE(account -> account.came(1)),
    NEVER_SENT_WHOLE(account -> account.came(-1)),
    SLOW(account -> account.recovered(Duration.ofMillis(2_001))),
    NOT_REPORTED(account -> account.opened(false));

    private final Consumer<Account> strike;

    Fault(Consumer<Account> strike) {
      this.strike = strike;
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatWasPromisedIsGood(Fault fault) {
    // Given
    Account account = new Account();
    account.came(account.next());
    account.came(account.next());
    account.recovered(Duration.ofMillis(1_999));
    account.opened(true);

    // When
    fault.strike.accept(account);

    // Then
    assertThat(account.isGood()).isEqualTo(fault == Fault.NONE);
  }
}
