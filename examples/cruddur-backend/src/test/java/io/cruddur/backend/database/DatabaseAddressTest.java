package io.cruddur.backend.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {

    @Test
    void readsUserPasswordHostPortDatabaseAndParameters() {
        DatabaseAddress address =
                DatabaseAddress.parse("postgresql://ann:p%40ss%3Aword@db.example:5433/cruddur?ssl=true");

        assertThat(address.getJdbcUrl()).isEqualTo("jdbc:postgresql://db.example:5433/cruddur?ssl=true");
        assertThat(address.getUsername()).isEqualTo("ann");
        assertThat(address.getPassword()).isEqualTo("p@ss:word");
    }

    /** Those that .env.example allows in a password, since the compose file does not encode it. */
    @Test
    void someCharactersNeedNoEncoding() {
        DatabaseAddress address = DatabaseAddress.parse("postgresql://postgres:azAZ09-._~@postgres:5432/cruddur");

        assertThat(address.getPassword()).isEqualTo("azAZ09-._~");
    }

    @Test
    void portUserAndPasswordMayBeLeftOut() {
        DatabaseAddress address = DatabaseAddress.parse("postgres://db.example/cruddur");

        assertThat(address.getJdbcUrl()).isEqualTo("jdbc:postgresql://db.example/cruddur");
        assertThat(address.getUsername()).isNull();
        assertThat(address.getPassword()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://ann:hidden@db.example/cruddur",
                "postgresql://ann:hidden@/cruddur",
                "postgresql://ann:hidden@db.example",
                "postgresql://ann:hidden@db.example/",
                "ann:hidden@db.example",
                "postgresql://ann:hid den@db.example/cruddur"
            })
    void refusesAnythingElseWithTheValidFormAndWithoutThePassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseAddress.parse(url))
                .withMessageContaining("postgresql://user:password@host:port/database")
                .satisfies(e -> assertThat(e).hasNoCause())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hid"));
    }
}
