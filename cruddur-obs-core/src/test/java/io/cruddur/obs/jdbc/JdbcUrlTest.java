package io.cruddur.obs.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            jdbc:postgresql://db.example:5432/cruddur?user=u&password=pw1 | jdbc:postgresql://db.example:5432/cruddur | db.example | cruddur
            jdbc:postgresql://one:5432,two:5433/cruddur | jdbc:postgresql://one:5432,two:5433/cruddur | one | cruddur
            jdbc:postgresql:///cruddur | jdbc:postgresql:///cruddur | - | cruddur
            jdbc:postgresql:cruddur | jdbc:postgresql:cruddur | - | cruddur
            jdbc:mysql://u:pw1@db.example/cruddur | jdbc:mysql://db.example/cruddur | db.example | cruddur
            jdbc:mysql://u:p/w1@db.example/cruddur | jdbc:mysql://db.example/cruddur | db.example | cruddur
            jdbc:mysql://u:p@w1@[::1]:3306/cruddur | jdbc:mysql://[::1]:3306/cruddur | ::1 | cruddur
            jdbc:mysql://(host=db.example,port=3306,user=u,password=pw1)/cruddur | jdbc:mysql://db.example | db.example | -
            jdbc:mysql://address=(host=db.example)(password=pw1)/cruddur | jdbc:mysql://db.example | db.example | -
            jdbc:sqlserver://db.example\\sales:1433;databaseName=cruddur;user=u;password=pw1 | jdbc:sqlserver://db.example\\sales:1433 | db.example | cruddur
            jdbc:oracle:thin:scott/pw1@db.example:1521:orcl | jdbc:oracle:thin:@db.example:1521:orcl | db.example | orcl
            jdbc:oracle:thin:scott/pw1@//db.example:1521/orcl | jdbc:oracle:thin:@//db.example:1521/orcl | db.example | orcl
            jdbc:oracle:thin:scott/pw1@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db.example)(PORT=1521))) | jdbc:oracle:db.example | db.example | -
            jdbc:db2://db.example:50000/cruddur:user=u;password=pw1; | jdbc:db2://db.example:50000/cruddur | db.example | cruddur
            jdbc:h2:mem:cruddur;PASSWORD=pw1 | jdbc:h2:mem:cruddur | - | cruddur
            jdbc:sqlite:/var/data/cruddur.db | jdbc:sqlite:/var/data/cruddur.db | - | cruddur.db
            """)
    void eachDriversFormIsReadAndNoSecretIsShown(String url, String shown, String host, String database) {
        JdbcUrl parsed = JdbcUrl.parse(url);
        assertThat(parsed.shown()).isEqualTo(shown).doesNotContain("pw1").doesNotContain("w1");
        assertThat(parsed.host()).isEqualTo(host);
        assertThat(parsed.database()).isEqualTo(database);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://u:p?w1@db.example/cruddur",
                "jdbc:mysql://u:p;w1@db.example/cruddur",
                "jdbc:mysql://db.example?password=p@w1",
                "jdbc:mysql://u:p;w1@db.example?password=p@w1",
                "jdbc:oracle:thin:u/p?w1@db",
                "jdbc:oracle:thin:u/p;w1@db",
                "jdbc:x:(password=w1",
                "postgres://u:w1@db.example/cruddur",
                "w1"
            })
    void whatIsAmbiguousOrUnknownShowsNothingSecret(String url) {
        assertThat(JdbcUrl.parse(url).toString())
                .doesNotContain("w1")
                .doesNotContain("p?")
                .doesNotContain("u:p");
    }

    @Test
    void nothingIsMadeOfNothing() {
        assertThat(JdbcUrl.parse("")).isEqualTo(new JdbcUrl(null, null, null));
        assertThat(JdbcUrl.parse("jdbc:").host()).isNull();
    }
}
