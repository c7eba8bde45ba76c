package dev.mooring.examples.flow.orders;

import dev.mooring.examples.flow.requests.Amount;
import dev.mooring.examples.flow.requests.Ids;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.spring.body.BodyReader;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes and shows orders. */
@RestController
class OrdersController {
    private static final int LONGEST_ITEM = 200;

    private final Orders orders;

    OrdersController(Orders orders) {
        this.orders = orders;
    }

    /** The {@code Idempotency-Key}, a UUID, becomes the id of the order: a client that had no answer sends its request again. */
    @PostMapping("/orders")
    @ResponseStatus(HttpStatus.CREATED)
    Order place(
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable UUID key) {
        BodyReader reader = BodyReader.of(body, Set.of("user_id", "item", "amount_cents"));
        UUID user = Ids.in(reader, "user_id");
        String item = reader.required("item", LONGEST_ITEM);
        long amount = Amount.in(reader, "amount_cents");
        reader.mistakes().refuseIfAny();
        UUID id = key == null ? UuidV7.at(System.currentTimeMillis()) : key;
        return orders.reserve(new Order(id, user, item, amount, Order.RESERVED));
    }

    @GetMapping("/orders/{id}")
    Order order(@PathVariable UUID id) {
        return orders.find(id);
    }
}
