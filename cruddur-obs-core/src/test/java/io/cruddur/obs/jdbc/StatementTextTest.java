package io.cruddur.obs.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            select * from cruds where id = ? | select * from cruds where id = ?
            select * from cruds where handle = 'anna' and ttl > 3.5e10 | select * from cruds where handle = ? and ttl > ?
            insert into t1 (c2) values ('it''s', $1, 0x1F, -7) | insert into t1 (c2) values (?, $1, ?, -?)
            select "Crud"."id" from "Crud" where a = E'x\\' or b' | select "Crud"."id" from "Crud" where a = E?
            select $tag$ a 'secret' $tag$, $$b$$ | select ?, ?
            select 1 -- the secret | select ?
            select /* the secret */ a | select  a
            select `a 1` from t | select `a 1` from t
            """)
    void literalsAndCommentsAreLeftOut(String sql, String shown) {
        assertThat(StatementText.withoutLiterals(sql, false)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'secret",
                "select 'a' 'secret'",
                "select 'a\\'secret'",
                "select $$secret",
                "select /* secret",
                "select -- secret",
                "select \"secret\"",
                "select 'a''secret'"
            })
    void whatIsNotClosedIsLeftOutToTheEnd(String sql) {
        assertThat(StatementText.withoutLiterals(sql, true))
                .doesNotContain("secret")
                .startsWith("select");
    }
}
