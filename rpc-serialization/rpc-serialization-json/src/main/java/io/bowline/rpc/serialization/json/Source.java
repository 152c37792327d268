package io.bowline.rpc.serialization.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.value.Refusal;
import java.io.IOException;

/** The tokens of one message, counted. */
final class Source {
    final JsonParser parser;
    private int left = Json.MAX_VALUES;

    Source(JsonParser parser) {
        this.parser = parser;
    }

    JsonToken token() {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw Refusal.malformed("the JSON ends early");
        }
        return token;
    }

    /** Steps to the next token, which must be there. */
    JsonToken next() throws IOException {
        if (--left < 0) {
            throw Refusal.malformed("more than " + Json.MAX_VALUES + " JSON tokens");
        }
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw Refusal.malformed("the JSON ends early");
        }
        return token;
    }

    /** The text of a string. */
    String string(String expected) throws IOException {
        if (token() != JsonToken.VALUE_STRING) {
            throw unexpected(expected);
        }
        return parser.getText();
    }

    RpcException unexpected(String expected) {
        return Refusal.malformed("a JSON " + token() + " (expected: " + expected + ")");
    }

    void require(JsonToken token, String expected) {
        if (token() != token) {
            throw unexpected(expected);
        }
    }
}
