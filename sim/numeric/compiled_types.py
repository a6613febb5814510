"""What tables of columns, their rows and values are to compiled code."""

import operator
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_getattr, infer_global, signature
from numba.extending import NativeValue, make_attribute_wrapper, models, overload, register_model, typeof_impl, unbox

from sim.numeric.columns import Field, Layout, Table

POINTER = ir.IntType(8).as_pointer()
WORD = ir.IntType(64)


class OfLayout(types.Type):
    """A type of compiled code that belongs to one layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        super().__init__(name=f"{type(self).__name__}[{layout.name},{layout.width}]")


class TableType(OfLayout):
    """A whole table."""


class RelationsType(OfLayout):
    """The rows of one place, by firm."""


class RowType(OfLayout):
    """One row."""


class ValuesType(types.Type):
    """The values of one field of one row."""

    def __init__(self, layout: Layout, field: Field) -> None:
        self.layout, self.field = layout, field
        super().__init__(name=f"Values[{layout.name},{field.name}]")


def _model(kind: type[types.Type], members: list[tuple[str, types.Type]]) -> None:
    class Model(models.StructModel):
        def __init__(self, manager: Any, kind: Any) -> None:
            super().__init__(manager, kind, members)

    register_model(kind)(Model)


_WHERE = [("base", types.voidptr), ("padded", types.intp), ("rare", types.voidptr)]
_model(TableType, [*_WHERE, ("places", types.intp), ("firms", types.intp)])
_model(RelationsType, [*_WHERE, ("place", types.intp), ("firms", types.intp)])
_model(RowType, [*_WHERE, ("place", types.intp), ("firm", types.intp)])
_model(ValuesType, [("first", types.voidptr), ("stride", types.intp)])
make_attribute_wrapper(TableType, "places", "places")
make_attribute_wrapper(TableType, "firms", "firms")


@register_model(types.NamedTuple)
class _NamedTuple(models.TupleModel):
    """Tuples with names: those of this package are handed to compiled functions by address.

    A month has about eighty words; handing over each of them was half of what numba and LLVM had to do.
    """

    def _whole(self) -> bool:
        return str(self.fe_type.instance_class.__module__).partition(".")[0] == "sim"

    def get_argument_type(self) -> Any:
        return self.get_value_type().as_pointer() if self._whole() else super().get_argument_type()

    def as_argument(self, builder: Any, value: Any) -> Any:
        return cgutils.alloca_once_value(builder, value) if self._whole() else super().as_argument(builder, value)

    def from_argument(self, builder: Any, value: Any) -> Any:
        return builder.load(value) if self._whole() else super().from_argument(builder, value)


@typeof_impl.register(Table)
def _typeof(table: Table, context: object) -> TableType:
    return TableType(table.layout)


@unbox(TableType)
def _unbox(kind: TableType, thing: Any, context: Any) -> NativeValue:
    native = cgutils.create_struct_proxy(kind)(context.context, context.builder)
    for name, attribute in (
        ("base", "base"),
        ("rare", "rare_base"),
        ("padded", "padded"),
        ("places", "places"),
        ("firms", "firms"),
    ):
        number = context.pyapi.object_getattr_string(thing, attribute)
        word = context.pyapi.long_as_longlong(number)
        context.pyapi.decref(number)
        pointer = name in ("base", "rare")
        setattr(native, name, context.builder.inttoptr(word, POINTER) if pointer else word)
    return NativeValue(native._getvalue(), is_error=cgutils.is_not_null(context.builder, context.pyapi.err_occurred()))


def number_of(field: Field) -> Any:
    """The type in which a field is read and written: whole or double-precision numbers."""
    return types.float64 if "f" in field.kind else types.uint64 if "u" in field.kind else types.int64


@infer_getattr
class _Attributes(AttributeTemplate):
    key = RowType

    def generic_resolve(self, kind: RowType, name: str) -> Any:
        field = kind.layout.fields.get(name)
        if field is None:
            return None
        return ValuesType(kind.layout, field) if field.values else number_of(field)


@infer_global(operator.getitem)
class _Getitem(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        thing, index = args
        if isinstance(thing, TableType) and isinstance(index, types.Integer):
            row = RelationsType if thing.layout.by_firm else RowType
            return signature(row(thing.layout), thing, types.intp)
        if isinstance(thing, RelationsType) and isinstance(index, types.Integer):
            return signature(RowType(thing.layout), thing, types.intp)
        if isinstance(thing, ValuesType) and isinstance(index, types.Integer):
            return signature(number_of(thing.field), thing, types.intp)
        return None


@infer_global(operator.setitem)
class _Setitem(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        thing, index, _ = args
        if isinstance(thing, ValuesType) and isinstance(index, types.Integer):
            return signature(types.none, thing, types.intp, number_of(thing.field))
        return None


@overload(len, strict=False)
def _length(thing: Any) -> Any:
    if isinstance(thing, TableType):
        return lambda thing: thing.places
    if isinstance(thing, RelationsType):
        return lambda thing: thing.firms
    return None


make_attribute_wrapper(RelationsType, "firms", "firms")
