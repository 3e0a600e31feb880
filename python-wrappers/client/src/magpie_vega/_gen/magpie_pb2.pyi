from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RootType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ROOT_TYPE_UNSPECIFIED: _ClassVar[RootType]
    SIGNAL: _ClassVar[RootType]
    DATA: _ClassVar[RootType]
ROOT_TYPE_UNSPECIFIED: RootType
SIGNAL: RootType
DATA: RootType

class Scalar(_message.Message):
    __slots__ = ("undefined", "null", "boolean", "number", "text", "date", "list", "object", "regexp", "numbers")
    UNDEFINED_FIELD_NUMBER: _ClassVar[int]
    NULL_FIELD_NUMBER: _ClassVar[int]
    BOOLEAN_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    LIST_FIELD_NUMBER: _ClassVar[int]
    OBJECT_FIELD_NUMBER: _ClassVar[int]
    REGEXP_FIELD_NUMBER: _ClassVar[int]
    NUMBERS_FIELD_NUMBER: _ClassVar[int]
    undefined: bool
    null: bool
    boolean: bool
    number: float
    text: str
    date: float
    list: ScalarList
    object: ScalarObject
    regexp: str
    numbers: NumberArray
    def __init__(self, undefined: bool = ..., null: bool = ..., boolean: bool = ..., number: _Optional[float] = ..., text: _Optional[str] = ..., date: _Optional[float] = ..., list: _Optional[_Union[ScalarList, _Mapping]] = ..., object: _Optional[_Union[ScalarObject, _Mapping]] = ..., regexp: _Optional[str] = ..., numbers: _Optional[_Union[NumberArray, _Mapping]] = ...) -> None: ...

class NumberArray(_message.Message):
    __slots__ = ("kind", "data")
    KIND_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    kind: str
    data: bytes
    def __init__(self, kind: _Optional[str] = ..., data: _Optional[bytes] = ...) -> None: ...

class ScalarList(_message.Message):
    __slots__ = ("items",)
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[Scalar]
    def __init__(self, items: _Optional[_Iterable[_Union[Scalar, _Mapping]]] = ...) -> None: ...

class ScalarObject(_message.Message):
    __slots__ = ("entries",)
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[ScalarEntry]
    def __init__(self, entries: _Optional[_Iterable[_Union[ScalarEntry, _Mapping]]] = ...) -> None: ...

class ScalarEntry(_message.Message):
    __slots__ = ("key", "value")
    KEY_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    key: str
    value: Scalar
    def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[Scalar, _Mapping]] = ...) -> None: ...

class Task(_message.Message):
    __slots__ = ("root", "source", "transform", "output", "expression", "union")
    ROOT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    TRANSFORM_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_FIELD_NUMBER: _ClassVar[int]
    EXPRESSION_FIELD_NUMBER: _ClassVar[int]
    UNION_FIELD_NUMBER: _ClassVar[int]
    root: Root
    source: Source
    transform: Transform
    output: Output
    expression: Expression
    union: Union
    def __init__(self, root: _Optional[_Union[Root, _Mapping]] = ..., source: _Optional[_Union[Source, _Mapping]] = ..., transform: _Optional[_Union[Transform, _Mapping]] = ..., output: _Optional[_Union[Output, _Mapping]] = ..., expression: _Optional[_Union[Expression, _Mapping]] = ..., union: _Optional[_Union[Union, _Mapping]] = ...) -> None: ...

class Root(_message.Message):
    __slots__ = ("name", "type")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    name: str
    type: RootType
    def __init__(self, name: _Optional[str] = ..., type: _Optional[_Union[RootType, str]] = ...) -> None: ...

class Source(_message.Message):
    __slots__ = ("table", "url", "values", "url_of", "format")
    TABLE_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    URL_OF_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    table: str
    url: str
    values: str
    url_of: int
    format: str
    def __init__(self, table: _Optional[str] = ..., url: _Optional[str] = ..., values: _Optional[str] = ..., url_of: _Optional[int] = ..., format: _Optional[str] = ...) -> None: ...

class Transform(_message.Message):
    __slots__ = ("definition", "input", "signals", "data", "scales", "projections")
    DEFINITION_FIELD_NUMBER: _ClassVar[int]
    INPUT_FIELD_NUMBER: _ClassVar[int]
    SIGNALS_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    SCALES_FIELD_NUMBER: _ClassVar[int]
    PROJECTIONS_FIELD_NUMBER: _ClassVar[int]
    definition: str
    input: int
    signals: _containers.RepeatedCompositeFieldContainer[Binding]
    data: _containers.RepeatedCompositeFieldContainer[Binding]
    scales: str
    projections: str
    def __init__(self, definition: _Optional[str] = ..., input: _Optional[int] = ..., signals: _Optional[_Iterable[_Union[Binding, _Mapping]]] = ..., data: _Optional[_Iterable[_Union[Binding, _Mapping]]] = ..., scales: _Optional[str] = ..., projections: _Optional[str] = ...) -> None: ...

class Output(_message.Message):
    __slots__ = ("transform",)
    TRANSFORM_FIELD_NUMBER: _ClassVar[int]
    transform: int
    def __init__(self, transform: _Optional[int] = ...) -> None: ...

class Expression(_message.Message):
    __slots__ = ("expression", "signals", "data", "scales", "projections")
    EXPRESSION_FIELD_NUMBER: _ClassVar[int]
    SIGNALS_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    SCALES_FIELD_NUMBER: _ClassVar[int]
    PROJECTIONS_FIELD_NUMBER: _ClassVar[int]
    expression: str
    signals: _containers.RepeatedCompositeFieldContainer[Binding]
    data: _containers.RepeatedCompositeFieldContainer[Binding]
    scales: str
    projections: str
    def __init__(self, expression: _Optional[str] = ..., signals: _Optional[_Iterable[_Union[Binding, _Mapping]]] = ..., data: _Optional[_Iterable[_Union[Binding, _Mapping]]] = ..., scales: _Optional[str] = ..., projections: _Optional[str] = ...) -> None: ...

class Union(_message.Message):
    __slots__ = ("inputs",)
    INPUTS_FIELD_NUMBER: _ClassVar[int]
    inputs: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, inputs: _Optional[_Iterable[int]] = ...) -> None: ...

class Binding(_message.Message):
    __slots__ = ("name", "task")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    name: str
    task: int
    def __init__(self, name: _Optional[str] = ..., task: _Optional[int] = ...) -> None: ...

class TaskGraph(_message.Message):
    __slots__ = ("tasks",)
    TASKS_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedCompositeFieldContainer[Task]
    def __init__(self, tasks: _Optional[_Iterable[_Union[Task, _Mapping]]] = ...) -> None: ...

class RootValue(_message.Message):
    __slots__ = ("task", "value")
    TASK_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    task: int
    value: Scalar
    def __init__(self, task: _Optional[int] = ..., value: _Optional[_Union[Scalar, _Mapping]] = ...) -> None: ...

class Wanted(_message.Message):
    __slots__ = ("task", "all_columns", "columns")
    TASK_FIELD_NUMBER: _ClassVar[int]
    ALL_COLUMNS_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    task: int
    all_columns: bool
    columns: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, task: _Optional[int] = ..., all_columns: bool = ..., columns: _Optional[_Iterable[str]] = ...) -> None: ...

class QueryRequest(_message.Message):
    __slots__ = ("protocol_version", "graph", "graph_hash", "roots", "wanted", "time_zone", "grants")
    PROTOCOL_VERSION_FIELD_NUMBER: _ClassVar[int]
    GRAPH_FIELD_NUMBER: _ClassVar[int]
    GRAPH_HASH_FIELD_NUMBER: _ClassVar[int]
    ROOTS_FIELD_NUMBER: _ClassVar[int]
    WANTED_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    GRANTS_FIELD_NUMBER: _ClassVar[int]
    protocol_version: int
    graph: TaskGraph
    graph_hash: bytes
    roots: _containers.RepeatedCompositeFieldContainer[RootValue]
    wanted: _containers.RepeatedCompositeFieldContainer[Wanted]
    time_zone: str
    grants: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, protocol_version: _Optional[int] = ..., graph: _Optional[_Union[TaskGraph, _Mapping]] = ..., graph_hash: _Optional[bytes] = ..., roots: _Optional[_Iterable[_Union[RootValue, _Mapping]]] = ..., wanted: _Optional[_Iterable[_Union[Wanted, _Mapping]]] = ..., time_zone: _Optional[str] = ..., grants: _Optional[_Iterable[str]] = ...) -> None: ...

class QueryResponse(_message.Message):
    __slots__ = ("protocol_version", "graph_hash", "graph_unknown", "results", "error")
    PROTOCOL_VERSION_FIELD_NUMBER: _ClassVar[int]
    GRAPH_HASH_FIELD_NUMBER: _ClassVar[int]
    GRAPH_UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    protocol_version: int
    graph_hash: bytes
    graph_unknown: bool
    results: _containers.RepeatedCompositeFieldContainer[Result]
    error: Error
    def __init__(self, protocol_version: _Optional[int] = ..., graph_hash: _Optional[bytes] = ..., graph_unknown: bool = ..., results: _Optional[_Iterable[_Union[Result, _Mapping]]] = ..., error: _Optional[_Union[Error, _Mapping]] = ...) -> None: ...

class Result(_message.Message):
    __slots__ = ("scalar", "table", "error")
    SCALAR_FIELD_NUMBER: _ClassVar[int]
    TABLE_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    scalar: Scalar
    table: bytes
    error: Error
    def __init__(self, scalar: _Optional[_Union[Scalar, _Mapping]] = ..., table: _Optional[bytes] = ..., error: _Optional[_Union[Error, _Mapping]] = ...) -> None: ...

class Error(_message.Message):
    __slots__ = ("code", "message", "place", "remedy")
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    REMEDY_FIELD_NUMBER: _ClassVar[int]
    code: str
    message: str
    place: str
    remedy: str
    def __init__(self, code: _Optional[str] = ..., message: _Optional[str] = ..., place: _Optional[str] = ..., remedy: _Optional[str] = ...) -> None: ...

class InspectRequest(_message.Message):
    __slots__ = ("protocol_version", "spec")
    PROTOCOL_VERSION_FIELD_NUMBER: _ClassVar[int]
    SPEC_FIELD_NUMBER: _ClassVar[int]
    protocol_version: int
    spec: str
    def __init__(self, protocol_version: _Optional[int] = ..., spec: _Optional[str] = ...) -> None: ...

class InspectResponse(_message.Message):
    __slots__ = ("protocol_version", "tables", "error")
    PROTOCOL_VERSION_FIELD_NUMBER: _ClassVar[int]
    TABLES_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    protocol_version: int
    tables: _containers.RepeatedCompositeFieldContainer[TableUse]
    error: Error
    def __init__(self, protocol_version: _Optional[int] = ..., tables: _Optional[_Iterable[_Union[TableUse, _Mapping]]] = ..., error: _Optional[_Union[Error, _Mapping]] = ...) -> None: ...

class TableUse(_message.Message):
    __slots__ = ("url", "all_columns", "columns")
    URL_FIELD_NUMBER: _ClassVar[int]
    ALL_COLUMNS_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    url: str
    all_columns: bool
    columns: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, url: _Optional[str] = ..., all_columns: bool = ..., columns: _Optional[_Iterable[str]] = ...) -> None: ...

class Health(_message.Message):
    __slots__ = ("protocol_version", "version", "status")
    PROTOCOL_VERSION_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    protocol_version: int
    version: str
    status: str
    def __init__(self, protocol_version: _Optional[int] = ..., version: _Optional[str] = ..., status: _Optional[str] = ...) -> None: ...
